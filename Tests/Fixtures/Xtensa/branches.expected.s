	.section	.text.sample,"ax",@progbits
sample:
	entry	a1, 32
.LBB0_0:
	beqz.n	a10, .LBB0_1
	beqz.n	a10, .LBB0_2
	bnez.n	a10, .LBB0_3
	beqz	a10, .LBB0_0
	beq	a10, a11, .LBB0_2
.LBB0_1:
	mov.n	a10, a2
.LBB0_2:
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	l32i	a10, a1, 64
	bnez	a10, .LBB0_4
.LBB0_3:
	retw.n
	.section	.text.other,"ax",@progbits
.LBB0_4:
	retw.n
