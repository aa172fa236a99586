# record
diff-recording = The lesson's recording shows what Docker no longer prints.
diff-recording-next = Record it anew: `dermaga record LESSON` (or `dermaga test --record`), then look at what changed.
