define i32 @checked(i32 %0) {
  %2 = icmp eq i32 %0, 0
  br i1 %2, label %3, label %4

3:
  tail call void asm sideeffect "", "n"(i32 0)
  tail call void @llvm.trap()
  unreachable

4:
  ret i32 %0
}

declare void @llvm.trap() #3
