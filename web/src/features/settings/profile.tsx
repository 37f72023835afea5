'use client';

import { useQuery } from '@tanstack/react-query';
import { Page } from '@/components/shell/page';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, askWithResponse } from '@/lib/api/client';
import { PasswordForm } from './password-form';
import { ProfileForm } from './profile-form';

/** One's own name, address, default workspace and password. */
export function Profile() {
  const profile = useQuery({
    queryKey: ['profile'],
    queryFn: async () => {
      const { data, response } = await askWithResponse(api.GET('/api/v1/users/me'));
      return { user: data, etag: response.headers.get('etag') ?? undefined };
    },
  });
  return (
    <Page title="Profile">
      {profile.isPending && <SkeletonRows rows={4} className="max-w-lg" />}
      {profile.isError && <ProblemNote error={profile.error} onRetry={() => void profile.refetch()} />}
      {profile.data && <ProfileForm key={profile.data.etag} user={profile.data.user} etag={profile.data.etag} />}
      {profile.data && <PasswordForm email={profile.data.user.email} />}
    </Page>
  );
}
