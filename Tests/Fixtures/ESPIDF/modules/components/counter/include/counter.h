#pragma once

int count_up(void);
int count_step(void);
