// Which component shows which page; the list that people see is screens.ts.
// History in memory: the address of the page never changes, so that no history keeps anything of a lot.
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import BeliefScreen from '../screens/belief/BeliefScreen.vue'
import CouponsScreen from '../screens/coupons/CouponsScreen.vue'
import ListScreen from '../screens/list/ListScreen.vue'
import CopiesScreen from '../screens/copies/CopiesScreen.vue'
import DayScreen from '../screens/day/DayScreen.vue'
import DevicesScreen from '../screens/devices/DevicesScreen.vue'
import FramesScreen from '../screens/frames/FramesScreen.vue'
import FilesScreen from '../screens/files/FilesScreen.vue'
import FindScreen from '../screens/find/FindScreen.vue'
import InsideScreen from '../screens/inside/InsideScreen.vue'
import LaneScreen from '../screens/lane/LaneScreen.vue'
import LedgerScreen from '../screens/ledger/LedgerScreen.vue'
import TimelineScreen from '../screens/ledger/TimelineScreen.vue'
import OrderScreen from '../screens/order/OrderScreen.vue'
import PapersScreen from '../screens/papers/PapersScreen.vue'
import AcceptanceScreen from '../screens/acceptance/AcceptanceScreen.vue'
import PassportScreen from '../screens/passport/PassportScreen.vue'
import ProfilesScreen from '../screens/profiles/ProfilesScreen.vue'
import MembersScreen from '../screens/members/MembersScreen.vue'
import PeopleScreen from '../screens/people/PeopleScreen.vue'
import PlacesScreen from '../screens/places/PlacesScreen.vue'
import PointsScreen from '../screens/points/PointsScreen.vue'
import QueueScreen from '../screens/queue/QueueScreen.vue'
import RefundsScreen from '../screens/refunds/RefundsScreen.vue'
import RehearsalScreen from '../screens/rehearsal/RehearsalScreen.vue'
import ReservationsScreen from '../screens/reservations/ReservationsScreen.vue'
import ReportScreen from '../screens/report/ReportScreen.vue'
import SafetyScreen from '../screens/safety/SafetyScreen.vue'
import LeaveScreen from '../screens/setup/LeaveScreen.vue'
import SetupScreen from '../screens/setup/SetupScreen.vue'
import StaysScreen from '../screens/stays/StaysScreen.vue'
import SurveyScreen from '../screens/survey/SurveyScreen.vue'
import SystemScreen from '../screens/system/SystemScreen.vue'
import TariffScreen from '../screens/tariff/TariffScreen.vue'
import WorkshopScreen from '../screens/workshop/WorkshopScreen.vue'
import TuneScreen from '../screens/tune/TuneScreen.vue'

export const makeRouter = (): Router =>
  createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', redirect: '/lane' },
      { path: '/lane', name: 'lane', component: LaneScreen },
      { path: '/devices', name: 'devices', component: DevicesScreen },
      { path: '/devices/frames', name: 'frames', component: FramesScreen },
      { path: '/devices/workshop', name: 'workshop', component: WorkshopScreen },
      { path: '/devices/safety', name: 'safety', component: SafetyScreen },
      { path: '/devices/find', name: 'find', component: FindScreen },
      { path: '/acceptance', name: 'acceptance', component: AcceptanceScreen },
      { path: '/papers', name: 'papers', component: PapersScreen },
      { path: '/passport', name: 'passport', component: PassportScreen },
      { path: '/devices/places', name: 'places', component: PlacesScreen },
      { path: '/devices/tune', name: 'tune', component: TuneScreen },
      { path: '/copies', name: 'copies', component: CopiesScreen },
      { path: '/belief', name: 'belief', component: BeliefScreen },
      { path: '/leave', name: 'leave', component: LeaveScreen },
      { path: '/list', name: 'list', component: ListScreen },
      { path: '/day', name: 'day', component: DayScreen },
      { path: '/reports', name: 'report', component: ReportScreen },
      { path: '/ledger', name: 'ledger', component: LedgerScreen },
      { path: '/ledger/:stayId', name: 'timeline', component: TimelineScreen, props: true },
      { path: '/setup', name: 'setup', component: SetupScreen },
      { path: '/settings', name: 'lot', component: SetupScreen },
      { path: '/stays', name: 'stays', component: StaysScreen },
      { path: '/survey', name: 'survey', component: SurveyScreen },
      { path: '/survey/order', name: 'order', component: OrderScreen },
      { path: '/survey/files', name: 'files', component: FilesScreen },
      { path: '/refunds', name: 'refunds', component: RefundsScreen },
      { path: '/rehearsal', name: 'rehearsal', component: RehearsalScreen },
      { path: '/reservations', name: 'reservations', component: ReservationsScreen },
      { path: '/queue', name: 'queue', component: QueueScreen },
      { path: '/profiles', name: 'profiles', component: ProfilesScreen },
      { path: '/members', name: 'members', component: MembersScreen },
      { path: '/inside', name: 'inside', component: InsideScreen },
      { path: '/coupons', name: 'coupons', component: CouponsScreen },
      { path: '/points', name: 'points', component: PointsScreen },
      { path: '/people', name: 'people', component: PeopleScreen },
      { path: '/system', name: 'system', component: SystemScreen },
      { path: '/tariff', name: 'tariff', component: TariffScreen },
      // An unknown path would show an empty window.
      { path: '/:unknown(.*)*', redirect: '/lane' },
    ],
  })
