// The pictures, each of which asks for its own figures once it is near.
import type { CSSProperties } from "react";
import styles from "../page/Insights.module.css";
import type { Summary } from "../types";
import { AssociationsChart } from "./AssociationsChart";
import { HoursChart } from "./HoursChart";
import { MoodChart } from "./MoodChart";
import { Near } from "./Near";
import { StrengthChart } from "./StrengthChart";
import { YearChart } from "./YearChart";

const HEIGHT = "26rem";

export default function Charts({ summary }: { summary: Summary }) {
  const { days, habits } = summary;
  return (
    <>
      <YearChart />
      <div className={styles.cards} style={{ "--least": "26rem", "--rows": "start" } as CSSProperties}>
        <Near height={HEIGHT}>
          <StrengthChart habits={habits} days={days} />
        </Near>
        <Near height={HEIGHT}>
          <MoodChart days={days} />
        </Near>
        <Near height={HEIGHT}>
          <HoursChart days={days} />
        </Near>
        <Near height={HEIGHT}>
          <AssociationsChart />
        </Near>
      </div>
    </>
  );
}
