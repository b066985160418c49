import { useQuery } from '@tanstack/react-query';
import type { MemberRole, Session, UserRole } from '../../api/generated';
import { sessionQuery } from '../../api/queries';

interface Me {
  session: Session;
  /** This person may do what the role allows. */
  can: (role: UserRole) => boolean;
  /** This organisation has the role. */
  is: (role: MemberRole) => boolean;
  admitted: boolean;
}

/** Who is signed in. Only used behind the guard of the app route, where a session exists. */
export function useMe(): Me | undefined {
  const { data } = useQuery(sessionQuery);
  if (!data) return undefined;
  return {
    session: data,
    can: (role) => data.user.roles.includes(role),
    is: (role) => data.organisation.roles.includes(role),
    admitted: data.organisation.state === 'ADMITTED',
  };
}
