// The interfaces of Liaoning's access platform with their request types (000 A.1.1 a, A.1.2).
// 000 names neither paths nor types: all of them are assumed until the standard of data exchange is at hand.
import type { RouteRow } from '../by-table/province-table.ts'

/** First digit of a type: 1 access, 2 trades, 3 lists, 4 joining, 5 messages. */
export const routes: readonly RouteRow[] = [
  { method: 'POST', from: '/v1/psam/sign-in', to: '/access/psam/sign-in', requestType: '1001' },
  { method: 'GET', from: '/v1/certificates', to: '/access/certificates', requestType: '1002' },
  { method: 'POST', from: '/v1/etc/exit-charges', to: '/access/trades', requestType: '2001' },
  { method: 'GET', from: '/v1/etc/exit-charges', to: '/access/trades', requestType: '2002' },
  { method: 'POST', from: '/v1/etc/exceptions', to: '/access/exceptions', requestType: '2003' },
  { method: 'POST', from: '/v1/etc/refunds', to: '/access/refunds', requestType: '2004' },
  { method: 'GET', from: '/v1/etc/refunds', to: '/access/refunds', requestType: '2005' },
  { method: 'GET', from: '/v1/status-list', to: '/access/blacklist', requestType: '3001' },
  {
    method: 'POST',
    from: '/v1/status-list/check',
    to: '/access/blacklist/check',
    requestType: '3002',
  },
  { method: 'GET', from: '/v1/feedback', to: '/access/feedback', requestType: '5001' },
  { method: 'POST', from: '/v1/joint-tests', to: '/access/joint-tests', requestType: '4001' },
]
