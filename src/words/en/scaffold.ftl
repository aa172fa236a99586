# scaffold (en)

scaffold-made = Made: { $path }
scaffold-next =
    Next:
      dermaga lint { $path }    check it without an engine
      dermaga test { $path }    run every command of it
scaffold-next-lesson = The lesson is in course.toml. Change its text, then run `dermaga test { $path }`.
scaffold-bad-name = `{ $name }` cannot be a lesson's id.
    .next = Use letters, digits, `-` and `_`, such as `kontainer-pertama`; the id becomes the file's name.
scaffold-taken = This course has a lesson `{ $name }` already.
    .next = Choose another name. An id stands for one lesson of a course, whatever its group.
scaffold-no-group = This course has no group `{ $name }`.
    .next = Its groups: { $known }. A new group is written in course.toml.
scaffold-broken-course = course.toml has mistakes, so nothing can be added to it.
    .next = Run `dermaga lint` to see them.
