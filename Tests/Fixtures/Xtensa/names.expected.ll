@.str.4.name = private constant [5 x i8] c"name\00"
@.str.14.Content_Length.odd0 = private unnamed_addr constant [15 x i8] c"Content-Length\00"
@.str.9.not_found.odd1 = private constant [10 x i8] c"not found\00"
@a__22quoted_22_name.odd2 = internal global i32 0
@_renamed = external global i32
@mail = constant [18 x i8] c"someone@home-net\22\00"
@table = constant [2 x ptr] [ptr @.str.14.Content_Length.odd0, ptr @.str.9.not_found.odd1]

define internal void @odd_function.odd4() {
  store i32 1, ptr @a__22quoted_22_name.odd2 ; what @"a comment" says stays
  store i32 2, ptr @_renamed
  ret void
}

define void @plain$name.1() {
  call void @odd_function.odd4()
  ret void
}

define internal swiftcc void @objectdestroy.1(ptr %0) unnamed_addr #0 {
  call void @private_function.odd5(ptr @objectdestroy.1)
  ret void
}

define internal void @private_function.odd5(ptr %0) {
  ret void
}

!0 = !{!"@odd-function"}
