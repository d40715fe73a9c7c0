// What the palette can do right now.
import { useMemo } from "react";
import { session } from "@/api/session";
import { tap } from "@/features/check-ins/actions";
import type { Opened } from "@/features/check-ins/DaySheet";
import { outbox, waitingFor } from "@/features/outbox/outbox";
import { overlayItem } from "@/features/check-ins/overlay";
import { subjectOf } from "@/features/check-ins/subject";
import { dayInWords } from "@/features/check-ins/words";
import { tapFace } from "@/features/moods/actions";
import { useFaces } from "@/features/moods/queries";
import { useHabits } from "@/features/habits/queries";
import { useToday } from "@/features/today/queries";
import { capitalised } from "@/lib/words";

export type Command = { key: string; label: string; hint?: string; run: () => "stay" | void };
type Means = { navigate: (href: string) => void; open: (opened: Opened) => void };

const pages = [
  { label: "Today", href: "/" },
  { label: "Mood", href: "/mood" },
  { label: "Habits", href: "/habits" },
  { label: "New habit", href: "/habits/new" },
  { label: "Goals", href: "/goals" },
  { label: "New goal", href: "/goals?new=1" },
  { label: "Insights", href: "/insights" },
  { label: "Weekly report", href: "/reports/weekly" },
  { label: "Monthly report", href: "/reports/monthly" },
  { label: "Activity", href: "/activity" },
  { label: "Integrations", href: "/integrations" },
  { label: "Sent and not sent", href: "/integrations/history" },
  { label: "Settings", href: "/settings" },
];

export function useCommands({ navigate, open }: Means): Command[] {
  const { data } = useToday(null);
  const { data: habits } = useHabits(false);
  const faces = useFaces();
  return useMemo(() => {
    const items = (data?.items ?? []).map((item) => overlayItem(item, waitingFor(item.habit_id, item.date)(outbox.get()), item.date));
    const checkIns = items.map((day): Command => {
      const habit = subjectOf(day);
      return {
        key: `check-in ${habit.id}`,
        label: `Check in: ${habit.name}`,
        hint: capitalised(dayInWords(day, habit)),
        run() {
          if (tap({ habit, day, today: data!.today })) return;
          open({ habit, date: day.date, today: data!.today, known: day });
          return "stay";
        },
      };
    });
    const go = (key: string, label: string, href: string): Command => ({ key, label, run: () => navigate(href) });
    return [
      ...pages.map(({ label, href }) => go(href, label, href)),
      ...(session.get().user?.is_admin ? [go("/operations", "Operations", "/operations")] : []),
      ...checkIns,
      ...faces.map(({ label }, index): Command => ({
        key: `mood ${index + 1}`,
        label: `Mood: ${label}`,
        hint: `${index + 1} of 5`,
        run: () => void tapFace(index + 1),
      })),
      ...(habits?.items ?? []).map(({ id, name }) => go(`open ${id}`, `Open: ${name}`, `/habits/${id}`)),
    ];
  }, [data, habits, faces, navigate, open]);
}
