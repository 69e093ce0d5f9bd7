; ModuleID = 'sample.ll'
source_filename = "sample.ll"
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
target triple = "riscv32-none-none-eabi"

define i32 @lamp_brightness(i32 %0) #0 {
  ret i32 %0
}

attributes #0 = { minsize nounwind optsize "no-trapping-math"="true" "target-cpu"="generic-rv32" "target-features"="+32bit,+a,+c,+m,-d" "tune-cpu"="rocket" }
attributes #1 = { nounwind }

!0 = !{!"target triple = is no target in a string"}
