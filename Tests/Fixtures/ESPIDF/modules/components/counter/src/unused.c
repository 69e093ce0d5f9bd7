#error "excluded"
