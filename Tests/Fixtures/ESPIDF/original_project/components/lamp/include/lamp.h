#pragma once

void lamp_init(int step);
int lamp_step(void);
