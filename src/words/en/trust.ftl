# Trust: what a lesson would run.
trust-title = { $title }: neither yours nor Dermaga's own.
trust-intro = This is everything it can run on your computer, exactly as written. Nothing has run yet.
trust-command = command
trust-hidden = hidden command, runs by itself
trust-typed = typed into a program
trust-file = file { $path }
trust-claim = runs by itself, to check
trust-image = image that is fetched first
trust-advice = A private engine throws away all changes of these commands to this computer afterwards. That stops accidents, not malice: run the lesson of someone you do not trust in a virtual machine. Lessons that git tracks here, and courses made with `dermaga new`, count as yours.
trust-digest = Digest: { $digest }
trust-question = Trust it and run it?
trust-no = Nothing was run.
trust-not-remembered = Your answer could not be saved; you will be asked again.
trust-many = { $count ->
        [one] { $count } lesson
       *[other] { $count } lessons
    }
failure-strange = `{ $path }` is not yours: git does not track it here, it was not made with `dermaga new`, and you have not trusted it before. Nothing was run.
    .next = Read its commands, then add --yes. At a terminal you are shown the list and asked.
failure-strange-many = `{ $path }` and { $more } more are not yours: git does not track them here, they were not made with `dermaga new`, and you have not trusted them before. Nothing was run.
    .next = Read their commands, then add --yes. At a terminal you are shown the list and asked.
