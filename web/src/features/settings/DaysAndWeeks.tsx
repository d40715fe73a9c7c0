import { useMemo } from "react";
import type { User } from "@/api/types";
import { Card } from "@/components/Card";
import { SelectField } from "@/components/Field";
import { weekdayNames } from "@/lib/words";
import { useSave } from "./useSave";

const hours = [0, 1, 2, 3, 4, 5, 6];
const hourInWords = (hour: number) => (hour === 0 ? "Midnight" : `${hour}:00 at night`);

export function DaysAndWeeks({ user }: { user: User }) {
  const save = useSave();
  const zones = useMemo(
    () => [...new Set([user.timezone, "UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted(),
    [user.timezone],
  );
  return (
    <Card title="Days and weeks">
      <SelectField
        label="Time zone"
        value={user.timezone}
        hint="Days already lived keep the zone they were lived in."
        onChange={(event) => save({ timezone: event.target.value })}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="My day starts at"
        value={user.rollover_hour}
        hint="A check-in before that hour still counts for the evening before."
        onChange={(event) => save({ rollover_hour: Number(event.target.value) })}
      >
        {hours.map((hour) => (
          <option key={hour} value={hour}>
            {hourInWords(hour)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="My week starts on"
        value={user.week_start}
        onChange={(event) => save({ week_start: Number(event.target.value) })}
      >
        {weekdayNames.map((name, day) => (
          <option key={name} value={day}>
            {name}
          </option>
        ))}
      </SelectField>
    </Card>
  );
}
