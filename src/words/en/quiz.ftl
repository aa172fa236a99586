# Quizzes and exercises
quiz-question = Quiz
quiz-exercise = Exercise
quiz-choose = Your answer:
quiz-choose-many = All that are right:
quiz-answer = Your answer:
quiz-which-next = Number { $place } is:
quiz-take-back = (take back the last one)
quiz-pair-for = Goes with { $left }:
quiz-left = (left)
quiz-help-one = ↑↓ or a number, Enter answers, Esc leaves the question
quiz-help-many = ↑↓ move, space marks or unmarks, Enter answers, Esc leaves the question
quiz-help-text = Enter answers, Esc leaves the question
quiz-type-one = Type its number, 1 to { $most }. Enter alone leaves the question.
quiz-type-many = Type the numbers of all that are right, with spaces between them. Enter alone leaves the question.
quiz-type-order = Type the numbers in the right order, with spaces between them, such as { $example }. Enter alone leaves the question.
quiz-type-text = Type your answer, then Enter. Enter alone leaves the question.
quiz-not-a-number = That cannot be read. Use numbers from 1 to { $most }.
quiz-nothing-chosen = (nothing chosen yet)
quiz-none-chosen = Nothing is chosen yet. Use ↑↓ or type a number from 1 to { $most }, then Enter.
quiz-still-one = This is still a question: use ↑↓ or a number from 1 to { $most }. Want to type a command? Press Esc first.
quiz-still-many = This is still a question: mark the answers with space, then Enter. Esc leaves it.
quiz-none-marked = Nothing is marked yet. Press space on every answer that is right.
quiz-none-typed = There is no answer yet. Type one, or press Esc.
quiz-words = You may also type `hint`, `solution`, `skip`, `menu`, `quit` or `help` here.
    .no-hint = You may also type `solution`, `skip`, `menu`, `quit` or `help` here.
quiz-at-prompt = That word is for the prompt, not for a question.
quiz-hint-none = This question has no hint. A wrong answer does no harm: Dermaga explains it afterwards.
quiz-hint-first = Hint: the first one is `{ $text }`.
quiz-hint-begin = Hint: it begins with `{ $text }`.
quiz-right = Right.
quiz-wrong = Not quite.
quiz-again = Try once more.
quiz-missing =
    { $count ->
        [one] Your choice is right, but one more is right too.
       *[other] Your choice is right, but { $count } more are right too.
    }
quiz-order-first = That is not the first one. Which one can be done before all the others?
quiz-order-so-far =
    { $count ->
        [one] The first one is right. The rest is not yet.
       *[other] The first { $count } are right. The rest is not yet.
    }
quiz-pairs-right =
    { $count ->
        [0] No pair is right yet.
        [one] One pair is right.
       *[other] { $count } pairs are right.
    }
quiz-blank-so-far =
    { $count ->
        [0] The first word that you filled in does not fit yet.
        [one] The first word that you filled in fits. The rest does not yet.
       *[other] The first { $count } words that you filled in fit. The rest does not yet.
    }
quiz-blank-whole =
    { $count ->
        [0] That command does not fit yet.
        [one] The first word of your command fits. The rest does not yet.
       *[other] The first { $count } words of your command fit. The rest does not yet.
    }
quiz-blank-short = Your words fit, but something is still missing at the end.
quiz-blank-case = Almost: the letters are right, but capitals matter here.
quiz-blank-word =
    { $count ->
        [0] That word does not fit yet.
       *[other] That word does not fit yet, but its first { $count } letters are right.
    }
quiz-blank-space = Almost: remove the space.
quiz-blank-only-gap = That command has another form. Here, type only the text for the gap ____.
quiz-blank-docker = Those words are right. Type only the text for the gap ____, or the whole command with `docker` in front.
quiz-blank-verb = Another command than `docker { $found }` belongs here.
quiz-fact-begun = That is its beginning. Type the whole text.
quiz-blank-one-word = Only one word belongs in the gap ____.
quiz-blank-order = All words are right, but their order is not.
quiz-blank-gaps =
    { $count ->
        [0] No gap is right yet.
        [one] One gap is right. The others are not yet.
       *[other] { $count } gaps are right. The others are not yet.
    }
quiz-digits = Write the number in digits, such as 12.
quiz-command-later = That is a command; you can run it later at the prompt. Here, type the answer, or leave this question for now.
quiz-blank-dashes = Almost: long options begin with two hyphens.
quiz-right-answer = The answer: { $answer }
quiz-right-order = The right order:
quiz-right-pairs = The right pairs:
quiz-look = See for yourself with `{ $command }`.
quiz-blank-line = Line { $number } of { $of }: { $line }
quiz-fill =
    { $count ->
        [one] Fill in ____ (or type the whole command):
       *[other] Fill in the { $count } ____, with commas between them (or type the whole command):
    }
quiz-shuffle-commands = These commands are shuffled. Put them in the right order.
quiz-shuffle-lines = These lines are shuffled. Put them in the right order.
