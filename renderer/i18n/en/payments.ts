// English words of the payments of a stay, and of money that goes back.
// Its keys are those of the Chinese catalogue.

export const payments = {
  payments: {
    title: 'Payments and refunds',
    means: 'By',
    no: 'Number',
    state: 'State',
    paid: 'Taken',
    back: 'Given back',
    is: {
      made: 'noted',
      sent: 'sent',
      pending: 'waits for the driver',
      paid: 'paid',
      failed: 'not paid',
      cancelling: 'being cancelled',
      closed: 'closed',
      reversed: 'reversed',
      odd: 'for a person to check',
      unknown: 'result unknown',
      refused: 'not charged',
    },
    refund: {
      waiting: 'approved, waits to be sent',
      sent: 'approved and sent, the other side works on it',
      unknown: 'result unknown, it is being queried',
      review: 'under review at the platform',
      approved: 'approved by the platform, not given back yet',
      abnormal: 'an exception at the platform, it is being queried',
      held: 'the platform did not take the request',
      byHand: 'the platform has no such charge, people give it back',
      done: 'given back',
      refused: 'refused by the other side',
    },
    late: 'paid twice or too much, goes back by itself',
    alone: 'asked by {by}, nobody else could approve',
    two: 'asked by {by}, approved by {second}',
    give: 'Refund…',
    giveTitle: 'Give money of a payment back',
    giveWhy:
      'Up to {amount} can go back, the way it came. One person asks and another one approves; it is done when the other side says so.',
    cashWhy:
      'Up to {amount} can go back. One person asks and another one approves; the drawer opens and the cash is given now.',
    transferWhy:
      'Up to {amount} can go back. One person asks and another one approves; send the transfer back first, then note it here.',
    giveDo: 'Ask for a refund of {amount}',
    yuan: 'Amount (yuan)',
    second: 'Approved by',
    bad: 'More than 0 and no more than what is left, and who approves',
  },
}
