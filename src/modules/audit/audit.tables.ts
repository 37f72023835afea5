/** The rows that `AuditLog` writes and `AuditEventsRepository` reads. */
export interface AuditTables {
  audit_events: {
    event_id: string;
    at: string;
    workspace_id: string | null;
    user_id: string | null;
    action: string;
    /** The first part of the action with its dot, by which many actions are found at once. */
    action_group: string;
    object: string | null;
    address: string | null;
    outcome: string;
    request_id: string | null;
    /** JSON object. */
    detail: string | null;
  };
}
