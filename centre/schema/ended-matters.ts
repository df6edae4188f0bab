// Step 4 of the schema: indexes by which looks find what is open or has ended lately, and pass over all that ended before.

export const endedMatters = `
CREATE INDEX matter_ended ON desk.matter (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX told_by_way ON desk.alarm_told (way_id, last_at);`
