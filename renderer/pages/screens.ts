// The screens of the pages; a page without one is drawn from its declaration.
// Written from the folders by test/tidy/folder-tables.test.ts.
import AcceptanceScreen from './acceptance/AcceptanceScreen.vue'
import BeliefScreen from './belief/BeliefScreen.vue'
import CopiesScreen from './copies/CopiesScreen.vue'
import CouponsScreen from './coupons/CouponsScreen.vue'
import DayScreen from './day/DayScreen.vue'
import DeviceScreen from './device/DeviceScreen.vue'
import DevicesScreen from './devices/DevicesScreen.vue'
import FilesScreen from './files/FilesScreen.vue'
import FindScreen from './find/FindScreen.vue'
import FramesScreen from './frames/FramesScreen.vue'
import GearScreen from './gear/GearScreen.vue'
import InboxScreen from './inbox/InboxScreen.vue'
import InsideScreen from './inside/InsideScreen.vue'
import LaneScreen from './lane/LaneScreen.vue'
import LeaveScreen from './leave/LeaveScreen.vue'
import LedgerScreen from './ledger/LedgerScreen.vue'
import ListScreen from './list/ListScreen.vue'
import SetupScreen from './setup/SetupScreen.vue'
import MachineScreen from './machine/MachineScreen.vue'
import MembersScreen from './members/MembersScreen.vue'
import OrderScreen from './order/OrderScreen.vue'
import PapersScreen from './papers/PapersScreen.vue'
import PartnersScreen from './partners/PartnersScreen.vue'
import PassportScreen from './passport/PassportScreen.vue'
import PeopleScreen from './people/PeopleScreen.vue'
import PlacesScreen from './places/PlacesScreen.vue'
import PointsScreen from './points/PointsScreen.vue'
import ProfilesScreen from './profiles/ProfilesScreen.vue'
import QueueScreen from './queue/QueueScreen.vue'
import RaisedScreen from './raised/RaisedScreen.vue'
import RefundsScreen from './refunds/RefundsScreen.vue'
import RehearsalScreen from './rehearsal/RehearsalScreen.vue'
import ReportScreen from './report/ReportScreen.vue'
import ReservationsScreen from './reservations/ReservationsScreen.vue'
import SafetyScreen from './safety/SafetyScreen.vue'
import SpacesScreen from './spaces/SpacesScreen.vue'
import StaysScreen from './stays/StaysScreen.vue'
import SupportScreen from './support/SupportScreen.vue'
import SurveyScreen from './survey/SurveyScreen.vue'
import SystemScreen from './system/SystemScreen.vue'
import TariffScreen from './tariff/TariffScreen.vue'
import TimelineScreen from './ledger/TimelineScreen.vue'
import TuneScreen from './tune/TuneScreen.vue'
import UpdatesScreen from './updates/UpdatesScreen.vue'
import WorkshopScreen from './workshop/WorkshopScreen.vue'

export const screens = {
  acceptance: AcceptanceScreen,
  belief: BeliefScreen,
  copies: CopiesScreen,
  coupons: CouponsScreen,
  day: DayScreen,
  device: DeviceScreen,
  devices: DevicesScreen,
  files: FilesScreen,
  find: FindScreen,
  frames: FramesScreen,
  gear: GearScreen,
  inbox: InboxScreen,
  inside: InsideScreen,
  lane: LaneScreen,
  leave: LeaveScreen,
  ledger: LedgerScreen,
  list: ListScreen,
  lot: SetupScreen,
  machine: MachineScreen,
  members: MembersScreen,
  order: OrderScreen,
  papers: PapersScreen,
  partners: PartnersScreen,
  passport: PassportScreen,
  people: PeopleScreen,
  places: PlacesScreen,
  points: PointsScreen,
  profiles: ProfilesScreen,
  queue: QueueScreen,
  raised: RaisedScreen,
  refunds: RefundsScreen,
  rehearsal: RehearsalScreen,
  report: ReportScreen,
  reservations: ReservationsScreen,
  safety: SafetyScreen,
  setup: SetupScreen,
  spaces: SpacesScreen,
  stays: StaysScreen,
  support: SupportScreen,
  survey: SurveyScreen,
  system: SystemScreen,
  tariff: TariffScreen,
  timeline: TimelineScreen,
  tune: TuneScreen,
  updates: UpdatesScreen,
  workshop: WorkshopScreen,
}
