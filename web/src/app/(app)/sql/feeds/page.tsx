import { FeedList } from '@/features/sql/feeds/feed-list';

export const metadata = { title: 'Feeds' };

export default function FeedsPage() {
  return <FeedList />;
}
