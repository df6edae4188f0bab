// `etc-lane stays list | close | settle | refund`: stays open too long, charges nobody knows the end of,
// and refunds that people give back. Through the running runtime only: it knows which cars stand in a lane.
import { asking, audited, commandOf } from './acts.ts'

export const staysCommand = commandOf('stays', [
  asking(['stays list --data DIR [--limit N]'], { name: 'stays.toCheck' }, ({ limit }) =>
    limit === undefined ? {} : { limit },
  ),
  audited(
    ['stays close --data DIR --stay ID [--exit ID] --by NAME --reason TEXT [--command-id ID]'],
    'stays.close',
    ({ stay, exit }, who) => ({
      stayId: stay,
      ...(exit === undefined ? {} : { exitStayId: exit }),
      ...who,
    }),
  ),
  audited(
    [
      'stays settle --data DIR --deduction ID --found paid|notPaid|booked --by NAME --reason TEXT [--command-id ID]',
    ],
    'charges.settle',
    ({ deduction, found }, who) => ({ deductionId: deduction, found, ...who }),
  ),
  audited(
    [
      'stays refund --data DIR --refund ID [--stay ID] --means cash|transfer|issuer --by NAME [--approved-by OTHER] --reason TEXT [--command-id ID]',
    ],
    'refunds.given',
    ({ refund, stay, means, 'approved-by': approvedBy }, who) => ({
      refundId: refund,
      ...(stay === undefined ? {} : { stayId: stay }),
      refundMeans: means,
      ...(approvedBy === undefined ? {} : { approvedBy }),
      ...who,
    }),
  ),
])
