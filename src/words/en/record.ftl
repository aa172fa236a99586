# record
diff-recording = The command passed, but the lesson's recording differs from the lesson.
diff-recording-next = Record the lesson again: `dermaga record LESSON` (or `dermaga test --record`), then look at the changes.
diff-recorded = in the recording
