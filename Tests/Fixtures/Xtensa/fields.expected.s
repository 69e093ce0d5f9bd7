	.section	.text.sample,"ax",@progbits
sample:
	entry	a1, 32
	extui	a8, a2, 0, 8
	extui	a8, a3, 0, 2
	extui	a10, a2, 0, 1
	extui	a11, a3, 0, 1
	s32i	a10, a1, 0
	movi	a9, 0
	movi	a9, 7
	s32i	a9, a1, 0
	and	a9, a2, a9
	movi	a9, 15
	extui	a10, a2, 0, 4
	beqz	a10, .LBB0_1
	and	a11, a2, a9
	movi	a9, 31
.LBB0_1:
	and	a10, a2, a9
	movi	a9, 5
	and	a10, a2, a9
	movi	a8, 3
	movi	a9, 1
	extui	a8, a8, 0, 1
	movi	a8, 255
	mov.n	a10, a8
	and	a10, a2, a8
	movi	a8, 255
	callx8	a9
	and	a8, a10, a8
	retw.n
