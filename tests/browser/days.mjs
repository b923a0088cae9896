// The clinic's calendar, whatever the machine's is: {{today}}, {{today+7}} in the sample files.
const dayOf = (offset) => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' })
  .format(new Date(Date.now() + offset * 86_400_000))

export const withDates = (text) => text.replaceAll(/\{\{today([+-]\d+)?\}\}/g, (_, offset) => dayOf(Number(offset ?? 0)))
