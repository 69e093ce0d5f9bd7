	.section	.text.sample,"ax",@progbits
sample:
	entry	a1, 32
	movi	a8, 255
	and	a8, a2, a8
	movi	a8, 3
	and	a8, a8, a3
	movi	a9, 1
	and	a10, a2, a9
	and	a11, a3, a9
	s32i	a10, a1, 0
	movi	a9, 0
	movi	a9, 7
	s32i	a9, a1, 0
	and	a9, a2, a9
	movi	a9, 15
	and	a10, a2, a9
	beqz	a10, .LBB0_1
	and	a11, a2, a9
	movi	a9, 31
.LBB0_1:
	and	a10, a2, a9
	movi	a9, 5
	and	a10, a2, a9
	movi	a8, 3
	movi	a9, 1
	and	a8, a8, a9
	movi	a8, 255
	mov.n	a10, a8
	and	a10, a2, a8
	movi	a8, 255
	callx8	a9
	and	a8, a10, a8
	retw.n
