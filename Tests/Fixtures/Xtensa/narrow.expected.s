	.section	.text.sample,"ax",@progbits
sample:
	entry	a1, 32
	mov.n	a10, a2
	or	a10, a2, a3
	add.n	a10, a2, a3
	addi.n	a10, a2, 1
	addi.n	a10, a2, 15
	addi	a10, a2, 16
	addi.n	a10, a2, -1
	addi	a10, a2, -2
	mov.n	a10, a2
	l32i.n	a10, a2, 0
	l32i.n	a10, a2, 60
	l32i	a10, a2, 64
	l32i	a10, a2, 2
	s32i.n	a10, a1, 4
	s32i	a10, a1, 64
	movi.n	a10, -32
	movi	a10, -33
	movi.n	a10, 95
	movi	a10, 96
	l8ui	a10, a2, 0
	beqz	a10, .LBB0_1
	#APP
	ill.n
	#NO_APP
.LBB0_1:
	retw.n
	.asciz	"	or	a10, a2, a2"
