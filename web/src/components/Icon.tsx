// Our own line icons, one 24-pixel path each.
const paths = {
  today: "M4 12.5 9.5 18 20 6.5",
  mood: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM8.5 14q3.5 3.5 7 0M9.3 9.3v.6M14.7 9.3v.6",
  habits: "M4 5h4v4H4zM10 5h4v4h-4zM16 5h4v4h-4zM4 11h4v4H4zM10 11h4v4h-4zM4 17h4v3H4zM16 11h4v4h-4zM10 17h4v3h-4z",
  insights: "M4 20.5h16M7 16.5v-5M12 16.5v-12M17 16.5V9",
  goals: "M6 21V4.5h11.5L15 8.5l2.5 4H6",
  activity: "M3 12h4l3-7 4 14 3-7h4",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4",
  settings: "M4 7h9M17 7h3M15 4.5v5M4 12h2M10 12h10M8 9.5v5M4 17h9M17 17h3M15 14.5v5",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  previous: "M15 5 8 12l7 7",
  next: "m9 5 7 7-7 7",
  close: "m6 6 12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM15.5 15.5 20 20",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3",
  delete: "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 10.5v5.5M13.5 10.5v5.5",
  skip: "M6 6l7 6-7 6zM17 6v12",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" || name === "grip" ? 3 : 1.9}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
