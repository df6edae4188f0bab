// English words of the page of the papers: questions, attachments, reviews, drills.
// Papers, questions and what the lot knows come from the runtime with their own words.
import type { papers as zh } from '../zh/papers.ts'

export const papers: typeof zh = {
  papers: {
    title: 'Papers of the acceptance',
    simulated: 'A simulated car park: these papers are for no acceptance',
    count: '{all} papers, {accepted} accepted.',
    writer: 'Filled in by',
    clause: 'Row',
    paper: 'Paper',
    state: 'State',
    open: 'Open',
    openFields: '{n} not filled in by anybody',
    ofLot: '(system)',
    unknown: 'Not known to the system',
    nobody: 'nobody has filled this in',
    attach: 'Attachment',
    accept: 'Accept it',
    giveBack: 'Give it back',
    wasAccepted: 'Accepted:',
    wasReturned: 'Given back:',
    reviewWhy:
      'The review is of the words and attachments as they are now; a later change needs another. Who wrote it does not review it.',
    report: 'Make one document ({format})',
    made: 'Saved as {file}. It says what nobody filled in.',
    drill: 'Enter a drill',
    held: 'Held on',
    is: {
      open: 'not filled in',
      filled: 'waits for a review',
      accepted: 'accepted',
      returned: 'given back',
      changed: 'changed after its review',
    },
  },
}
