	.file	"calls.ll"
	.literal_position
	.literal .LCPI0_0, near
	.literal .LCPI0_1, far
	.literal .LCPI0_2, 65535
	.literal .LCPI0_3, near
	.literal .LCPI0_4, near
	.literal .LCPI0_5, near
	.literal .LCPI0_6, caller
	.literal .LCPI0_7, elsewhere
	.text
	.section	.text.caller,"ax",@progbits
	.global	caller
	.p2align	2
	.type	caller,@function
caller:
	entry	a1, 32
	l32r	a8, .LCPI0_0
	or	a10, a2, a2
	callx8	a8
	l32r	a8, .LCPI0_1
	callx8	a8
	l32r	a9, .LCPI0_2
	and	a2, a10, a9
	l32r	a4, .LCPI0_3
	callx8	a4
	callx8	a4
	l32r	a8, .LCPI0_4
	s32i	a8, a2, 0
	callx8	a8
	l32r	a8, .LCPI0_5
	beqz	a2, .LBB0_2
	movi	a2, 1
.LBB0_2:
	callx8	a8
	l32r	a8, .LCPI0_6
	callx8	a8
	l32r	a8, .LCPI0_7
	callx8	a8
	retw.n
.Lfunc_end0:
	.size	caller, .Lfunc_end0-caller

	.section	.text.near,"ax",@progbits
	.p2align	2
	.type	near,@function
near:
	entry	a1, 32
	retw.n

	.section	.iram1,"ax",@progbits
	.p2align	2
	.type	elsewhere,@function
elsewhere:
	entry	a1, 32
	retw.n
