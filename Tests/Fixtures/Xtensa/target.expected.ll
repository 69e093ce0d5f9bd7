; ModuleID = 'sample.ll'
source_filename = "sample.ll"
target datalayout = "e-m:e-p:32:32-i8:8:32-i16:16:32-i64:64-n32"
target triple = "xtensa"

define i32 @lamp_brightness(i32 %0) #0 {
  ret i32 %0
}

attributes #0 = { minsize nounwind optsize "no-trapping-math"="true" }
attributes #1 = { nounwind }

!0 = !{!"target triple = is no target in a string"}
