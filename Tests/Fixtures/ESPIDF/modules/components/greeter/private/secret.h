#pragma once

#define GREETER_SECRET 1
