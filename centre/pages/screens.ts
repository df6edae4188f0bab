// The screens of the pages of the centre.
// Written from the folders by test/tidy/folder-tables.test.ts.
import alarms from './alarms/Page.vue'
import batch from './batch/Page.vue'
import cars from './cars/Page.vue'
import inbox from './inbox/Page.vue'
import limits from './limits/Page.vue'
import lot from './lot/Page.vue'
import lots from './lots/Page.vue'
import money from './money/Page.vue'
import passage from './passage/Page.vue'
import today from './today/Page.vue'
import wall from './wall/Page.vue'

export const screens = {
  alarms,
  batch,
  cars,
  inbox,
  limits,
  lot,
  lots,
  money,
  passage,
  today,
  wall,
}
