// A module whose position does not matter: no data, no fixups.
int answer(void) { return 42; }
