import { Page } from '@/components/shell/page';

export default function HomePage() {
  return <Page title="Home">…</Page>;
}
