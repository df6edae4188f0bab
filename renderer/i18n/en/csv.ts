// English words of a table that is brought in: what is wrong with it, what it would change.
// What each list says of its own stands with its page.

export const csv = {
  csv: {
    bad: 'Bad lines: {count}; no line is written. Correct them and choose the file again',
    badLine: 'Line {line}',
    more: 'and {count} more',
    nothing: 'No difference to what is there now',
    drop: 'Leave it',
    tooLarge: 'The file is too large for a table of this page',
  },
}
