	.text
	.section	".text.odd name","ax",@progbits
	.p2align	2
.LCPI0_0:	.long	memcpy
.LCPI0_1:	.long	65535
	.global	first
	.p2align	2
	.type	first,@function
first:
	entry	a1, 32
.Lload0:	.byte	129
	.short	(0-((.Lload0-.LCPI0_0+3)>>2))&0xffff
	callx8	a8
.Lload1:	.byte	145
	.short	(0-((.Lload1-.LCPI0_1+3)>>2))&0xffff
.Lload2:	.byte	241
	.short	(0-((.Lload2-.LCPI0_0+3)>>2))&0xffff
	callx8	a15
	retw.n
.Lfunc_end0:
	.size	first, .Lfunc_end0-first
	.section	.rodata.table,"a",@progbits
	.p2align	2, 0x0
.LJTI0_0:
	.long	.LBB0_1
	.section	.rodata.table,"a",@progbits
	.section	.text.second,"ax",@progbits
	.p2align	2
.LCPI1_0:	.long	.LJTI0_0
	.p2align	2
	.type	second,@function
second:
	entry	a1, 32
.Lload3:	.byte	33
	.short	(0-((.Lload3-.LCPI1_0+3)>>2))&0xffff
	retw.n
