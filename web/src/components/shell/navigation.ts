import {
  BookOpenText,
  Bot,
  Cable,
  Database,
  FileSpreadsheet,
  House,
  Lightbulb,
  type LucideIcon,
  MessagesSquare,
  Settings2,
  SquareTerminal,
} from 'lucide-react';
import { paths } from '@/lib/paths';

export interface Place {
  readonly label: string;
  readonly href: string;
  readonly icon: LucideIcon;
  /** Shown to those who may do this; see `GET /permissions`. */
  readonly permission?: string;
}

/** The main places of the product, in the order of work. */
export const places: readonly Place[] = [
  { label: 'Home', href: paths.home(), icon: House },
  { label: 'Files', href: paths.files(), icon: FileSpreadsheet, permission: 'uploads:read' },
  { label: 'Sources', href: paths.sources(), icon: Cable, permission: 'sources:read' },
  { label: 'Tables', href: paths.tables(), icon: Database, permission: 'tables:read' },
  { label: 'Documents', href: paths.documents(), icon: BookOpenText, permission: 'documents:read' },
  { label: 'SQL', href: paths.sql(), icon: SquareTerminal, permission: 'queries:read' },
  { label: 'Chat', href: paths.chat(), icon: MessagesSquare, permission: 'chat:use' },
  { label: 'Analysis', href: paths.analyses(), icon: Lightbulb, permission: 'analysis:read' },
];

export const secondaryPlaces: readonly Place[] = [
  { label: 'Chatbots', href: paths.chatbots(), icon: Bot, permission: 'chatbots:write' },
  { label: 'Administration', href: paths.admin(), icon: Settings2 },
];

export function isCurrent(place: Place, pathname: string): boolean {
  if (place.href === '/') return pathname === '/';
  if (place.href === paths.chat() && pathname.startsWith(paths.chatbots())) return false;
  return pathname.startsWith(place.href);
}
