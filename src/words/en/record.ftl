# record
diff-recording = The command passed, but the lesson's recording does not show what the lesson says.
diff-recording-next = Record it anew: `dermaga record LESSON` (or `dermaga test --record`), then look at what changed.
diff-recorded = in the recording
