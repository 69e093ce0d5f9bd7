@.str.4.name = private constant [5 x i8] c"name\00"
@.str.14.Content-Length = private unnamed_addr constant [15 x i8] c"Content-Length\00"
@".str.9.not found" = private constant [10 x i8] c"not found\00"
@"a \22quoted\22 name" = internal global i32 0
@"\01_renamed" = external global i32
@mail = constant [18 x i8] c"someone@home-net\22\00"
@table = constant [2 x ptr] [ptr @.str.14.Content-Length, ptr @".str.9.not found"]

define internal void @"odd-function"() {
  store i32 1, ptr @"a \22quoted\22 name" ; what @"a comment" says stays
  store i32 2, ptr @"\01_renamed"
  ret void
}

define void @plain$name.1() {
  call void @"odd-function"()
  ret void
}

define private swiftcc void @objectdestroy.1(ptr %0) unnamed_addr #0 {
  call void @"private-function"(ptr @objectdestroy.1)
  ret void
}

define private void @"private-function"(ptr %0) {
  ret void
}

!0 = !{!"@odd-function"}
