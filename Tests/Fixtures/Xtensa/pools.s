	.literal_position
	.literal .LCPI0_0, memcpy
	.literal .LCPI0_1, 65535
	.literal .LCPI0_2, memcpy
	.text
	.section	".text.odd name","ax",@progbits
	.global	first
	.p2align	2
	.type	first,@function
first:
	entry	a1, 32
	l32r	a8, .LCPI0_0
	callx8	a8
	l32r	a9, .LCPI0_1
	l32r	a15, .LCPI0_2
	callx8	a15
	retw.n
.Lfunc_end0:
	.size	first, .Lfunc_end0-first
	.section	.rodata.table,"a",@progbits
	.p2align	2, 0x0
.LJTI0_0:
	.long	.LBB0_1
	.literal_position
	.literal .LCPI1_0, .LJTI0_0
	.section	.rodata.table,"a",@progbits
	.section	.text.second,"ax",@progbits
	.p2align	2
	.type	second,@function
second:
	entry	a1, 32
	l32r	a2, .LCPI1_0
	retw.n
