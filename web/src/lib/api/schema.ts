// Generated from docs/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/api/v1/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create the first owner with the token that the service printed at its first start
         * @description Works once.
         */
        post: operations["Auth_setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with e-mail address and password */
        post: operations["Auth_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for a new pair
         * @description A token that comes back after it was used ends the whole session.
         */
        post: operations["Auth_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this session: its access and refresh tokens stop working */
        post: operations["Auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I, and which workspaces do I belong to? */
        get: operations["Profile_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change my profile; what is absent stays
         * @description Another e-mail address needs the current password.
         */
        patch: operations["Profile_change"];
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts of the workspace's members, by e-mail address */
        get: operations["Users_list"];
        put?: never;
        /**
         * Create an account as a member of the workspace
         * @description Whoever has one already is invited instead.
         */
        post: operations["Users_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One account */
        get: operations["Users_get"];
        put?: never;
        post?: never;
        /**
         * Delete an account with its sessions, memberships and API tokens
         * @description What it made stays with its workspaces.
         */
        delete: operations["Users_delete"];
        options?: never;
        head?: never;
        /**
         * Change, disable or enable an account, or give it a new password; what is absent stays
         * @description An account that also belongs
         *     to workspaces where you may not change users is for administrators of the service.
         */
        patch: operations["Users_change"];
        trace?: never;
    };
    "/api/v1/users/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where you are signed in, newest first */
        get: operations["Sessions_list"];
        put?: never;
        post?: never;
        /** Sign out everywhere, or everywhere but here with ?keep_current=true */
        delete: operations["Sessions_endAll"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out in one place
         * @description What runs there ends within a second.
         */
        delete: operations["Sessions_end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your password
         * @description You stay signed in here; all your other sessions end.
         */
        post: operations["Password_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspaces that you belong to */
        get: operations["Workspaces_list"];
        put?: never;
        /**
         * Create a workspace
         * @description You become its owner; name it in the header X-Workspace-Id to work in it.
         */
        post: operations["Workspaces_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One workspace */
        get: operations["Workspaces_get"];
        put?: never;
        post?: never;
        /**
         * Delete a workspace with everything in it
         * @description It is gone for everybody at once, and what runs in it is ended. Until
         *     `purge_at` its owners can restore it; then it is removed for good.
         */
        delete: operations["Workspaces_delete"];
        options?: never;
        head?: never;
        /** Rename a workspace */
        patch: operations["Workspaces_change"];
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a deleted workspace back, with everything in it
         * @description Only its owners can.
         */
        post: operations["Workspaces_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the workspace uses, against its quotas */
        get: operations["Usage_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The quotas that were set for the workspace, and those of the service, which hold for what is null */
        get: operations["Usage_getQuotas"];
        /**
         * Set the quotas of the workspace, all at once
         * @description Up to the service's own maximum; administrators of the service may set
         *     more. A quota below what is used takes nothing away, it only lets nothing more in.
         */
        put: operations["Usage_putQuotas"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace's invitations, newest first */
        get: operations["Invitations_list"];
        put?: never;
        /**
         * Invite somebody by their e-mail address
         * @description The answer has the link, which is shown only here, and says whether it was
         *     mailed. A new invitation replaces a pending one of the same address.
         */
        post: operations["Invitations_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a pending invitation: its link stops working */
        delete: operations["Invitations_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who belongs to the workspace */
        get: operations["Members_list"];
        put?: never;
        /**
         * Add an existing user without an invitation
         * @description Only administrators of the service can; others invite.
         */
        post: operations["Members_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One member */
        get: operations["Members_get"];
        put?: never;
        post?: never;
        /**
         * Remove a member
         * @description What they are doing in the workspace ends within a second, their API tokens of it are revoked.
         */
        delete: operations["Members_remove"];
        options?: never;
        head?: never;
        /**
         * Give a member another role
         * @description It takes effect within a second, also on what they are doing.
         */
        patch: operations["Members_change"];
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave the workspace
         * @description Your API tokens of it are revoked. Its last owner cannot leave.
         */
        post: operations["Members_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace_id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand the workspace over: the member becomes an owner, and you become an admin */
        post: operations["Members_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/look-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an invitation is to, for whoever has its token */
        post: operations["InvitationAcceptance_lookUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation, with the password of the account that there is or with one for a new account
         * @description Works once.
         */
        post: operations["InvitationAcceptance_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The roles that members of the workspace can have */
        get: operations["Roles_list"];
        put?: never;
        /**
         * Create a role of the workspace
         * @description It can allow only what you may do yourself.
         */
        post: operations["Roles_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{role_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One role */
        get: operations["Roles_get"];
        put?: never;
        post?: never;
        /**
         * Delete a role of the workspace
         * @description While somebody has it, say which role they get instead.
         */
        delete: operations["Roles_delete"];
        options?: never;
        head?: never;
        /**
         * Change a role of the workspace; what is absent stays
         * @description It takes effect within a second for all who have it.
         */
        patch: operations["Roles_change"];
        trace?: never;
    };
    "/api/v1/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that roles and API tokens can allow, with an explanation and the built-in roles that allow it */
        get: operations["Permissions_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your API tokens in this workspace, newest first; with owner=all those of every member */
        get: operations["ApiTokens_list"];
        put?: never;
        /**
         * Create an API token for a program
         * @description The answer shows the secret, this once.
         */
        post: operations["ApiTokens_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API token
         * @description It stops working within a second. Those of others can be revoked with members:write.
         */
        delete: operations["ApiTokens_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what to which object, when, from where and with what result: newest first */
        get: operations["AuditEvents_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-events/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All the events that the filters let through, as a file: newest first */
        get: operations["AuditEvents_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/direct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Announce a file that you will put into S3 yourself
         * @description Cut it into parts of `part_bytes`, ask for addresses of parts, send each part with PUT, and complete the upload. Parts
         *     may be sent in any order, side by side, and again. An upload that is not completed within a day is gone.
         */
        post: operations["Direct_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/direct/{upload_id}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Addresses to which parts can be sent with PUT, up to a hundred at once
         * @description They expire: ask for more as you go on.
         */
        post: operations["Direct_parts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/direct/{upload_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the parts one file, an upload like all others
         * @description The service reads it once for its hash and first rows.
         *
         *     May be repeated: when parts are missing (409) after sending them, and when the answer was lost.
         */
        post: operations["Direct_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/direct/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the file of an upload, however it came, can be fetched from S3 with GET */
        get: operations["Direct_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The uploads of the workspace, newest first, with those that are still arriving */
        get: operations["Uploads_list"];
        put?: never;
        /**
         * Upload a CSV file: a form with the one field file, or the file itself as the body
         * @description Takes CSV, TSV and other delimited text in any usual encoding, as it is or compressed with gzip. As the body the file
         *     comes with the content type text/csv, text/tab-separated-values, application/gzip or application/octet-stream, and its
         *     name in `file_name`. The answer comes when the file is safely stored. An empty file is taken too; its preview says so.
         */
        post: operations["Uploads_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One upload */
        get: operations["Uploads_get"];
        put?: never;
        post?: never;
        /**
         * Delete an upload and its file
         * @description One that a data set holds stays (409).
         */
        delete: operations["Uploads_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{upload_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The first rows of an upload with inferred types and warnings, read as detected or as you say */
        get: operations["Previews_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{upload_id}/contract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contract that a submit will apply: proposed from the first rows, until you set it */
        get: operations["Previews_contract"];
        /** Set the contract: rename, retype or drop columns, or read the file with another dialect */
        put: operations["Previews_setContract"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{upload_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish an upload as a new version of a data set, under its contract
         * @description Every row is read. Columns whose type you have set keep it, and values that do not fit are rejected and kept apart;
         *     all other columns widen to fit every value. `Location` is what to follow: the crawl, or the version when no crawl is
         *     asked for.
         */
        post: operations["Submit_submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/resumable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Announce a resumable upload
         * @description `Location` says where to send its bytes, `Upload-Id` under which id it is listed.
         */
        post: operations["Resumable_create"];
        delete?: never;
        /** What the resumable endpoint can do */
        options: operations["Resumable_options"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/resumable/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Give up an unfinished resumable upload; its bytes are deleted */
        delete: operations["Resumable_terminate"];
        options?: never;
        /** How many bytes of a resumable upload have arrived: Upload-Offset is where to go on */
        head: operations["Resumable_offset"];
        /**
         * Send bytes of a resumable upload from Upload-Offset on
         * @description With the last ones it becomes ready: `Location` then leads to it.
         */
        patch: operations["Resumable_append"];
        trace?: never;
    };
    "/api/v1/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The data sets of the workspace, in the order of their names */
        get: operations["Datasets_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{dataset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One data set, as its current version has it */
        get: operations["Datasets_get"];
        put?: never;
        post?: never;
        /**
         * Delete a data set with all its versions, its uploaded files and its table
         * @description It is gone at once; running queries end undisturbed.
         */
        delete: operations["Datasets_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{dataset}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of a data set, newest first, also those that failed */
        get: operations["Datasets_listVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{dataset}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version with its columns and row counts */
        get: operations["Datasets_getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{dataset}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the rows of an earlier version current again, as a new version, and crawl it */
        post: operations["Datasets_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{dataset}/versions/{version}/rejects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the rows of a version’s file that did not fit, as CSV: line, column, value, reason */
        get: operations["Datasets_rejects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/crawls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Crawls, newest first */
        get: operations["Crawls_list"];
        put?: never;
        /**
         * Read a data set’s stored files again and bring the catalog up to date
         * @description A crawl that is running already is returned, not doubled.
         */
        post: operations["Crawls_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/crawls/{crawl_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One crawl with its phase and progress, or with what it changed */
        get: operations["Crawls_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/crawls/{crawl_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a crawl, with the conversion before it if that is still running: then nothing of the submitted file is kept published */
        post: operations["Crawls_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/crawls/{crawl_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow a crawl as Server-Sent Events until it has ended: progress, retrying, then succeeded, failed or stopped with the crawl */
        get: operations["Crawls_follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tables that SQL can name, in the order of their names */
        get: operations["Tables_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One table with the profile of its columns */
        get: operations["Tables_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Describe a table and its columns
         * @description Descriptions outlive later crawls.
         */
        patch: operations["Tables_describe"];
        trace?: never;
    };
    "/api/v1/queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace's queries, newest first */
        get: operations["Queries_list"];
        put?: never;
        /**
         * Run one read-only statement in Athena's dialect
         * @description A statement that is not accepted is 400 and nothing is run. An
         *     accepted query that ends within `wait_ms` is 200: with its first 1,000 rows, or with the state `failed` and the
         *     `error`. Any other is 202; it runs on, also when the client goes away, and only cancelling ends it.
         */
        post: operations["Queries_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a statement would read and cost
         * @description Nothing is run.
         */
        post: operations["Queries_estimate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/{query_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One query, without its rows */
        get: operations["Queries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/{query_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a query
         * @description It ends within a second; a query that has ended already stays as it is.
         */
        post: operations["Queries_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/{query_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow a query as Server-Sent Events: state with the query at each change of state, progress with a fraction */
        get: operations["Queries_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/{query_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One page of a query's result
         * @description All pages show the same result; it is deleted after `QUERY_RESULT_DAYS`.
         */
        get: operations["QueryResults_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/{query_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole result as a file
         * @description In CSV, cells that a spreadsheet would take for a formula begin with an apostrophe,
         *     unless `raw=true`.
         */
        get: operations["QueryResults_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved-queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace's saved queries, newest first */
        get: operations["SavedQueries_list"];
        put?: never;
        /**
         * Save a query under a name
         * @description Statement and parameters are checked now.
         */
        post: operations["SavedQueries_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved-queries/{saved_query_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One saved query */
        get: operations["SavedQueries_get"];
        put?: never;
        post?: never;
        /** Delete a saved query that no feed uses */
        delete: operations["SavedQueries_delete"];
        options?: never;
        head?: never;
        /**
         * Change a saved query; what is absent stays
         * @description Feeds made from it show the change at their next run.
         */
        patch: operations["SavedQueries_change"];
        trace?: never;
    };
    "/api/v1/saved-queries/{saved_query_id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a saved query with values for its parameters
         * @description The answers are those of POST /queries.
         */
        post: operations["SavedQueries_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feeds/{feed_id}.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a feed as CSV
         * @description The saved query runs when the stored result is older than the feed’s `max_age_seconds`.
         */
        get: operations["FeedFiles_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feeds/{feed_id}.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a feed as a JSON array of objects */
        get: operations["FeedFiles_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feeds/{feed_id}.parquet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a feed as Parquet */
        get: operations["FeedFiles_parquet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace's feeds, newest first */
        get: operations["Feeds_list"];
        put?: never;
        /** Give a saved query an address that stays the same, for Excel, Power BI, Tableau, Grafana and scripts */
        post: operations["Feeds_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feeds/{feed_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One feed and its addresses */
        get: operations["Feeds_get"];
        put?: never;
        post?: never;
        /**
         * Delete a feed
         * @description Its addresses stop working.
         */
        delete: operations["Feeds_delete"];
        options?: never;
        head?: never;
        /**
         * Change a feed; what is absent stays
         * @description Its addresses stay the same.
         */
        patch: operations["Feeds_change"];
        trace?: never;
    };
    "/api/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How BI tools and scripts read this workspace's data */
        get: operations["Connections_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The analyses of the workspace, the latest first */
        get: operations["Analysis_list"];
        put?: never;
        /**
         * Ask for an analysis of an interview, or of several of one study
         * @description From what was said to principles to design by. The interviews are named in JSON, or sent as a form with one or more files. It goes on whatever dies, with your rights.
         */
        post: operations["Analysis_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/status/{request_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an analysis and its five steps stand */
        get: operations["Analysis_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/requests/{request_id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that was found
         * @description Each level leads down to quotes with their speaker and place.
         */
        get: operations["Analysis_result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/requests/{request_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The result as a file: JSON, Markdown to be read, or a CSV with a row for each quote */
        get: operations["Analysis_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/requests/{request_id}/interviews/{interview}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The text of an interview, numbered from 1, in which all offsets count, and who says what in it */
        get: operations["Analysis_interview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/requests/{request_id}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What two analyses have in common, and what only one of them found */
        get: operations["Analysis_compare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/requests/{request_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow an analysis as Server-Sent Events until it has ended
         * @description Send the last id as `Last-Event-ID`, or `?after=`, to go on.
         *
         *     `analysis.queued`, `analysis.started`, for each step `analysis.step.started`, `analysis.step.progress`, `analysis.step.retrying`, `analysis.step.stuck` and
         *     `analysis.step.completed` or `analysis.step.failed`, and `analysis.finished`. Each is JSON with `request_id`, `seq` = 1, 2, 3 … and `at`.
         */
        get: operations["Analysis_follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/requests/{request_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with an analysis that has ended, from the step that failed or from an earlier one
         * @description What was found before that step is kept.
         */
        post: operations["Analysis_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/requests/{request_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an analysis: what works on it stops within a second
         * @description What its completed steps found is kept.
         */
        post: operations["Analysis_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/requests/{request_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an analysis that has ended, with its interviews and all that was found */
        delete: operations["Analysis_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every tool that chatbots of the workspace can be given, with the schema of its input */
        get: operations["Tools_list"];
        put?: never;
        /** Register a tool that calls a service over HTTP, for chatbots to use */
        post: operations["Tools_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tools/{tool}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One registered tool, with everything but its secret */
        get: operations["Tools_get"];
        put?: never;
        post?: never;
        /**
         * Delete a registered tool
         * @description Chatbots that name it go on without it.
         */
        delete: operations["Tools_delete"];
        options?: never;
        head?: never;
        /** Change a registered tool; what is absent stays */
        patch: operations["Tools_change"];
        trace?: never;
    };
    "/api/v1/tools/{tool}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call a tool and see what a language model would be given */
        post: operations["Tools_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chatbots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The workspace's chatbots
         * @description One comes with every workspace.
         */
        get: operations["Chatbots_list"];
        put?: never;
        /**
         * Make a chatbot
         * @description Tools and tables that it names must exist.
         */
        post: operations["Chatbots_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chatbots/{chatbot_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One chatbot */
        get: operations["Chatbots_get"];
        put?: never;
        post?: never;
        /**
         * Delete a chatbot with its versions
         * @description Neither the default one nor the one that came with the workspace.
         */
        delete: operations["Chatbots_delete"];
        options?: never;
        head?: never;
        /**
         * Change a chatbot; what is absent stays
         * @description This makes a new version; answers that are under way keep theirs.
         */
        patch: operations["Chatbots_change"];
        trace?: never;
    };
    "/api/v1/chatbots/{chatbot_id}/default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let this chatbot answer when a question names none */
        post: operations["Chatbots_makeDefault"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chatbots/{chatbot_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the chatbot was, latest version first */
        get: operations["Chatbots_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chatbots/{chatbot_id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the chatbot what it was in one of its versions, as a new version */
        post: operations["Chatbots_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your conversations in this workspace, the one that changed last first */
        get: operations["Conversations_list"];
        put?: never;
        /**
         * Begin a conversation
         * @description Asking without one begins one, too.
         */
        post: operations["Conversations_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One conversation */
        get: operations["Conversations_get"];
        put?: never;
        post?: never;
        /** Delete a conversation with all its messages */
        delete: operations["Conversations_delete"];
        options?: never;
        head?: never;
        /** Rename a conversation, or let another chatbot answer */
        patch: operations["Conversations_change"];
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}/fork": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copy a conversation up to one of its messages, to go on another way */
        post: operations["Conversations_fork"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The messages of a conversation, newest last: its end first, earlier ones by cursor */
        get: operations["Conversations_messages"];
        put?: never;
        /** Ask a question and wait for the answer */
        post: operations["Chat_ask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{message_id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what you think of an answer in one of your conversations; again replaces it
         * @description Those who may read feedback see
         *     the question and the answer with it, and nothing else of the conversation.
         */
        post: operations["Feedback_give"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What members think of answers, newest first */
        get: operations["Feedback_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All feedback that the filters let through, as a file; or the evaluation cases that come of it */
        get: operations["Feedback_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{message_id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep the question of an answer with its SQL: whoever asks the same in this workspace is answered with that */
        post: operations["Feedback_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verified-questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace's verified questions, newest first */
        get: operations["Feedback_listVerified"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verified-questions/{verified_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a verified question: from now on it is answered as any other */
        delete: operations["Feedback_deleteVerified"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a run stands */
        get: operations["Runs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a run as Server-Sent Events until it has ended
         * @description Send the last id as `Last-Event-ID`, or `?after=`, to go on.
         */
        get: operations["Runs_follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a run: the model and the query end within a second
         * @description What was said is kept, and marked.
         */
        post: operations["Runs_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run_id}/respond": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer what a run asks
         * @description It then goes on; follow its events from the last one that you have.
         */
        post: operations["Runs_respond"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the documents of the sources that you may read, by words and by vectors
         * @description Each is cited by its best passage,
         *     and says why it was found.
         */
        get: operations["Documents_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Documents of the sources that you may read, the latest change first, without their texts */
        get: operations["Documents_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One document with its text */
        get: operations["Documents_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{message_id}/regenerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the question of an answer again
         * @description The new answer stands at the end of the conversation; the old one stays.
         */
        post: operations["Chat_regenerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the service and each of its dependencies are */
        get: operations["Health_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers; restart it when it does not */
        get: operations["Health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether to send requests here: 503 while a dependency that is required is down, or the process is shutting down */
        get: operations["Health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sources of the workspace, the oldest first */
        get: operations["Sources_list"];
        put?: never;
        /**
         * Connect Slack, GitLab or Backlog
         * @description Its documents are read at once, and then by its schedule and its webhooks.
         */
        post: operations["Sources_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a connection out before anything is stored: as whom it reads, and what it can read */
        post: operations["Sources_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One source with its latest sync and its next one
         * @description Its secret is never shown.
         */
        get: operations["Sources_get"];
        put?: never;
        post?: never;
        /**
         * Delete a source: nobody finds its documents from now on
         * @description They are removed after some days; until then it can be restored.
         */
        delete: operations["Sources_delete"];
        options?: never;
        head?: never;
        /**
         * Change a source; what is absent stays
         * @description A changed configuration is followed by a full sync.
         */
        patch: operations["Sources_change"];
        trace?: never;
    };
    "/api/v1/sources/{source_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring a deleted source back with all its documents, and read what was missed */
        post: operations["Sources_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a stored source’s connection out */
        post: operations["Sources_testStored"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop reading a source until it is resumed
         * @description Its documents stay to be found.
         */
        post: operations["Sources_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a paused source again, and what was missed first */
        post: operations["Sources_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a source now
         * @description One run at a time reads it: one that waits or goes on already is returned, and does this as well.
         */
        post: operations["Sources_sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs over a source with what they did, the newest first */
        get: operations["Sources_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{kind}/{source_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Where a platform tells of what has changed: signed as Slack and GitLab do it, for Backlog with the secret in ?secret=
         * @description Answered at once; what it tells of is read later.
         */
        post: operations["Webhooks_receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The background jobs of the workspace, newest first */
        get: operations["Jobs_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job with its latest progress */
        get: operations["Jobs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description A queued one ends at once, a running one within about a second.
         */
        post: operations["Jobs_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a failed or cancelled job back into the queue with fresh attempts
         * @description A job whose purpose is over fails again and says so.
         */
        post: operations["Jobs_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a job as Server-Sent Events until it has ended
         * @description The ids count 1, 2, 3 …; send the last one as `Last-Event-ID` to go on.
         */
        get: operations["Jobs_follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your prompt requests, the latest first */
        get: operations["Prompts_list"];
        put?: never;
        /**
         * Ask a question and fetch the answer later
         * @description It is answered exactly once, with the rights that you have then.
         */
        post: operations["Prompts_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/{request_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of your prompt requests, with its answer once there is one */
        get: operations["Prompts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/{request_id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows behind an answer as a file
         * @description The address stays the same; the rows are deleted after `QUERY_RESULT_DAYS`.
         */
        get: operations["Prompts_result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        UserWorkspace: {
            /** @example 5f0c7a52-8f3c-4bb1-9a53-1d8a0f2b6c11 */
            id: string;
            /** @example My workspace */
            name: string;
            /** @example owner */
            role: string;
            /** @description Whether it is meant when a request names none. */
            is_default: boolean;
            /**
             * @description What the role allows, by the names of `GET /permissions`; only of one's own workspaces.
             * @example [
             *       "tables:read",
             *       "queries:run"
             *     ]
             */
            permissions?: string[];
        };
        User: {
            /** @example 0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d */
            id: string;
            /** @example ada@example.com */
            email: string;
            /** @example ada */
            username: string;
            /** @example Ada Lovelace */
            full_name: string;
            /** @description False for those who may not sign in. */
            is_active: boolean;
            /** @description Whether the user administers the whole service. */
            is_administrator: boolean;
            /** @example 2026-11-21T08:00:00.000Z */
            created_at: string;
            /** @description The workspaces that the user belongs to and the caller may know of, the default one first. */
            workspaces: components["schemas"]["UserWorkspace"][];
        };
        ChangeProfile: {
            /**
             * @description Needed for another e-mail address.
             * @example correct horse battery staple
             */
            current_password?: string;
            /**
             * Format: uuid
             * @description One of the workspaces that the user belongs to.
             */
            default_workspace_id?: string;
            /** @example Ada Lovelace */
            full_name?: string;
            /**
             * @description 2 to 64 letters, digits, dots, hyphens and underscores of one script.
             * @example ada
             */
            username?: string;
            /** @example ada@example.com */
            email?: string;
        };
        UserPage: {
            items: components["schemas"]["User"][];
            next_cursor: string | null;
        };
        CreateUser: {
            /** @example grace@example.com */
            email: string;
            /** @example Grace Hopper */
            full_name: string;
            /**
             * @description At least 8 characters, at most 72 bytes. Its owner should change it.
             * @example correct horse battery staple
             */
            password: string;
            /**
             * @description Made from the e-mail address when absent.
             * @example grace
             */
            username?: string;
            /**
             * @description A role of this workspace that allows no more than your own.
             * @example viewer
             */
            role?: string;
        };
        ChangeUser: {
            /** @description False ends everything that the user does, within a second. */
            is_active?: boolean;
            /**
             * @description A new password; ends all sessions of the user.
             * @example correct horse battery staple
             */
            password?: string;
            /** @description Whether the user administers the whole service; only such administrators may change it. */
            is_administrator?: boolean;
            /** @example Ada Lovelace */
            full_name?: string;
            /**
             * @description 2 to 64 letters, digits, dots, hyphens and underscores of one script.
             * @example ada
             */
            username?: string;
            /** @example ada@example.com */
            email?: string;
        };
        PermissionInfo: {
            /** @example queries:run */
            permission: string;
            /** @example Run and cancel queries. */
            description: string;
            /**
             * @description Built-in roles that have it.
             * @example [
             *       "owner",
             *       "admin",
             *       "analyst",
             *       "viewer"
             *     ]
             */
            roles: string[];
        };
        PermissionList: {
            items: components["schemas"]["PermissionInfo"][];
            next_cursor: string | null;
        };
        CreateRole: {
            /**
             * @description Unlike that of every other role, also in case.
             * @example Auditor
             */
            name: string;
            /** @example Looks at tables and at who did what. */
            description?: string;
            /**
             * @description Only what you may do yourself. Every role has `workspace:read` besides.
             * @example [
             *       "tables:read",
             *       "audit:read"
             *     ]
             */
            permissions: ("uploads:read" | "uploads:write" | "datasets:read" | "datasets:write" | "datasets:delete" | "crawls:read" | "crawls:write" | "tables:read" | "tables:write" | "queries:read" | "queries:run" | "saved_queries:read" | "saved_queries:write" | "feeds:read" | "feeds:write" | "chat:use" | "chatbots:write" | "tools:write" | "analysis:read" | "analysis:write" | "feedback:read" | "documents:read" | "sources:read" | "sources:write" | "jobs:read" | "jobs:write" | "api_tokens:write" | "workspace:read" | "members:read" | "members:write" | "roles:write" | "users:read" | "users:write" | "workspace:write" | "workspace:delete" | "usage:read" | "audit:read")[];
        };
        WorkspaceRole: {
            /** @example 7c1f6f0e-4b7f-4c55-9d3e-0a4f6f1f2a10 */
            id: string;
            /** @example Auditor */
            name: string;
            /** @example Looks at tables and at who did what. */
            description: string;
            /**
             * @example [
             *       "tables:read",
             *       "workspace:read",
             *       "audit:read"
             *     ]
             */
            permissions: string[];
            /** @description Built-in roles are the same in every workspace and cannot be changed. */
            built_in: boolean;
            /**
             * @description How many members of the workspace have it.
             * @example 2
             */
            members: number;
        };
        WorkspaceRoleList: {
            items: components["schemas"]["WorkspaceRole"][];
            /** @description Always null: there are few enough for one answer. */
            next_cursor: string | null;
        };
        ChangeRole: {
            /**
             * @description Unlike that of every other role, also in case.
             * @example Auditor
             */
            name?: string;
            /** @example Looks at tables and at who did what. */
            description?: string;
            /**
             * @description Only what you may do yourself. Every role has `workspace:read` besides.
             * @example [
             *       "tables:read",
             *       "audit:read"
             *     ]
             */
            permissions?: ("uploads:read" | "uploads:write" | "datasets:read" | "datasets:write" | "datasets:delete" | "crawls:read" | "crawls:write" | "tables:read" | "tables:write" | "queries:read" | "queries:run" | "saved_queries:read" | "saved_queries:write" | "feeds:read" | "feeds:write" | "chat:use" | "chatbots:write" | "tools:write" | "analysis:read" | "analysis:write" | "feedback:read" | "documents:read" | "sources:read" | "sources:write" | "jobs:read" | "jobs:write" | "api_tokens:write" | "workspace:read" | "members:read" | "members:write" | "roles:write" | "users:read" | "users:write" | "workspace:write" | "workspace:delete" | "usage:read" | "audit:read")[];
        };
        CreateWorkspace: {
            /**
             * @description 1 to 100 characters; two workspaces may have the same name.
             * @example Sales team
             */
            name: string;
        };
        Workspace: {
            /** @example 5f0c7a52-8f3c-4bb1-9a53-1d8a0f2b6c11 */
            id: string;
            /** @example Sales team */
            name: string;
            /**
             * @description Name of your role in it.
             * @example owner
             */
            role: string;
            /** @description Whether it is the one that is meant when a request names none. */
            is_default: boolean;
            created_at: string;
            /** @description Set while it is deleted and can be restored; for everybody but its owners it is gone. */
            deleted_at: string | null;
            /** @description When a deleted workspace is removed for good with everything in it. */
            purge_at: string | null;
        };
        WorkspacePage: {
            items: components["schemas"]["Workspace"][];
            next_cursor: string | null;
        };
        ChangeWorkspace: {
            /**
             * @description 1 to 100 characters; two workspaces may have the same name.
             * @example Sales team
             */
            name?: string;
        };
        Session: {
            /** @example ses_01j8x0q0000000000000000000 */
            session_id: string;
            /** @example 2026-11-21T08:00:00.000Z */
            created_at: string;
            /**
             * @description When its tokens were last refreshed, or when it began.
             * @example 2026-11-21T09:45:00.000Z
             */
            last_used_at: string;
            /**
             * @description When it ends unless it is used before.
             * @example 2026-12-21T09:45:00.000Z
             */
            expires_at: string;
            /**
             * @description Where the sign-in came from.
             * @example 203.0.113.7
             */
            address: string | null;
            /** @example Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0 */
            user_agent: string | null;
            /** @description Whether this call was made with it. */
            current: boolean;
        };
        SessionPage: {
            items: components["schemas"]["Session"][];
            next_cursor: string | null;
        };
        CreateAnalysis: {
            /**
             * @description `upload:upl_…`, an upload of the workspace; `s3://…`, an object of the workspace in the service’s own store; or
             *     `analysis:ana_…`, the interviews of an earlier analysis.
             * @example upload:upl_01j8x0q0000000000000000000
             */
            research_data?: string;
            /** @description Several interviews of a study, each named as in `research_data`, which are related to each other in one step. */
            interviews?: string[];
            /** @example Why people stop filling in the form */
            title?: string;
            /**
             * @description Absent: `model` where a language model is set up, else `extractive`.
             * @enum {string}
             */
            method?: "extractive" | "model";
        };
        AcceptedAnalysis: {
            /** @example ana_01j8x0q0000000000000000000 */
            request_id: string;
        };
        AnalysisSummary: {
            /** @example ana_01j8x0q0000000000000000000 */
            request_id: string;
            research_data: string;
            title: string;
            /** @enum {string} */
            method: "extractive" | "model";
            created_at: string;
            updated_at: string;
            /**
             * @example completed
             * @enum {string}
             */
            overall_status: "failed" | "completed" | "pending" | "processing";
            /**
             * @description The step that it is at, or at which it failed; null once it is complete.
             * @enum {string|null}
             */
            step: "chunking" | "inferring" | "relating" | "explaining" | "activating" | null;
        };
        AnalysisPage: {
            requests: components["schemas"]["AnalysisSummary"][];
            /** @description How many there are in the workspace, of the status that was asked for. */
            total: number;
            limit: number;
            next_cursor: string | null;
        };
        AnalysisSource: {
            /** @description 1, 2, 3 … */
            interview: number;
            /** @example interview-3.vtt */
            name: string;
            /** @example upload:upl_01j8x0q0000000000000000000 */
            research_data: string;
            bytes: number;
        };
        AnalysisUsage: {
            /** @example 18200 */
            input_tokens: number;
            /** @example 2100 */
            output_tokens: number;
            /** @description Null where the model’s price is not known. */
            cost_usd: number | null;
        };
        AnalysisStepStatus: {
            /**
             * @example completed
             * @enum {string}
             */
            status: "failed" | "completed" | "pending" | "processing";
            /**
             * @description What it does, has done, or why it failed.
             * @example Successfully created 15 chunks
             */
            message: string;
            started_at: string | null;
            completed_at: string | null;
            /** @description From its start to its end, waiting included; null until then. */
            duration_ms: number | null;
            /** @description Tokens of language models; null for a step that needed none. */
            usage: components["schemas"]["AnalysisUsage"] | null;
            /** @description Why it failed, as a problem document. */
            error?: Record<string, never>;
        };
        AnalysisStepsStatus: {
            chunking: components["schemas"]["AnalysisStepStatus"];
            inferring: components["schemas"]["AnalysisStepStatus"];
            relating: components["schemas"]["AnalysisStepStatus"];
            explaining: components["schemas"]["AnalysisStepStatus"];
            activating: components["schemas"]["AnalysisStepStatus"];
        };
        AnalysisProgress: {
            /** @description Where the result is; null until it is complete. */
            result_data: string | null;
            steps_status: components["schemas"]["AnalysisStepsStatus"];
        };
        AnalysisStatus: {
            /** @example ana_01j8x0q0000000000000000000 */
            request_id: string;
            /** @description What was given; of several interviews all, separated by commas. */
            research_data: string;
            /** @example Why people stop filling in the form */
            title: string;
            /**
             * @example extractive
             * @enum {string}
             */
            method: "extractive" | "model";
            interviews: components["schemas"]["AnalysisSource"][];
            analysis_result: components["schemas"]["AnalysisProgress"];
            user_id: string;
            created_at: string;
            updated_at: string;
            /**
             * @example processing
             * @enum {string}
             */
            overall_status: "failed" | "completed" | "pending" | "processing";
            /** @description Why it failed, as a problem document. */
            error?: Record<string, never>;
        };
        AnalysisStatusAnswer: {
            /** @example ana_01j8x0q0000000000000000000 */
            request_id: string;
            status: components["schemas"]["AnalysisStatus"];
        };
        SpeakerView: {
            /** @example P3 */
            speaker: string;
            /**
             * @description Questions of interviewers give context and are not quoted.
             * @enum {string}
             */
            role: "interviewer" | "interviewee";
            turns: number;
            words: number;
        };
        InterviewView: {
            /** @description 1, 2, 3 … */
            interview: number;
            /** @example interview-3.vtt */
            name: string;
            /** @enum {string} */
            format: "txt" | "md" | "vtt" | "srt" | "docx";
            characters: number;
            words: number;
            speakers: components["schemas"]["SpeakerView"][];
        };
        ChunkView: {
            /** @example c7 */
            chunk_id: string;
            interview: number;
            start: number;
            end: number;
            /** @description Milliseconds since the recording’s beginning, where the file tells. */
            from_ms?: number;
            to_ms?: number;
            text: string;
            /** @description An estimate. */
            tokens: number;
            speakers: string[];
            /** @description Characters at its beginning that the chunk before has, too. */
            overlap: number;
        };
        SentimentView: {
            /** @enum {string} */
            label: "positive" | "negative" | "neutral" | "mixed";
            /** @description -1 to 1. */
            score: number;
        };
        QuoteView: {
            /** @example I never know whether it was sent. */
            text: string;
            /** @example P3 */
            speaker?: string;
            interview: number;
            chunk_id: string;
            start: number;
            end: number;
            from_ms?: number;
            to_ms?: number;
        };
        MeaningView: {
            /** @example m12 */
            meaning_id: string;
            chunk_id: string;
            interview: number;
            statement: string;
            theme: string;
            phrases: string[];
            sentiment: components["schemas"]["SentimentView"];
            /** @description 0 to 1: how much the interview turns on it. */
            salience: number;
            quote: components["schemas"]["QuoteView"];
        };
        SupportView: {
            meanings: number;
            chunks: number;
            speakers: number;
            interviews: number;
        };
        SentimentCounts: {
            positive: number;
            negative: number;
            neutral: number;
        };
        TensionView: {
            description: string;
            /** @description Ids of meanings on the one side. */
            between: string[];
            /** @description And on the other. */
            and: string[];
        };
        PatternView: {
            /** @example p2 */
            pattern_id: string;
            theme: string;
            summary: string;
            /** @description Ids, the most telling one first. */
            meanings: string[];
            support: components["schemas"]["SupportView"];
            sentiment: components["schemas"]["SentimentCounts"];
            tension: components["schemas"]["TensionView"] | null;
        };
        ConfidenceView: {
            /** @enum {string} */
            level: "high" | "medium" | "low";
            /** @description 0 to 1. */
            score: number;
            reason: string;
        };
        InsightView: {
            /** @example i1 */
            insight_id: string;
            claim: string;
            /** @description Ids of patterns. */
            patterns: string[];
            /** @description Ids of meanings. */
            evidence_for: string[];
            evidence_against: string[];
            confidence: components["schemas"]["ConfidenceView"];
            /** @description What is not known yet. */
            gaps: string[];
        };
        PriorityView: {
            /** @description 1 is the first. */
            rank: number;
            /** @enum {string} */
            level: "must" | "should" | "could";
            reason: string;
        };
        PrincipleView: {
            /** @example d1 */
            principle_id: string;
            statement: string;
            rationale: string;
            /** @description Ids of insights. */
            insights: string[];
            /** @example How might we show that something was sent? */
            how_might_we: string;
            priority: components["schemas"]["PriorityView"];
        };
        AnalysisResultView: {
            /** @example ana_01j8x0q0000000000000000000 */
            request_id: string;
            title: string;
            /** @enum {string} */
            method: "extractive" | "model";
            /** @description The language model that read; absent where none did. */
            model?: string;
            created_at: string;
            /** @description What to know before relying on it, such as how it was made and what was left out. */
            notes: string[];
            usage: components["schemas"]["AnalysisUsage"];
            /** @description Quotes that a language model gave and that do not stand in the interview; they were dropped. */
            dropped_quotes: number;
            interviews: components["schemas"]["InterviewView"][];
            chunks: components["schemas"]["ChunkView"][];
            meanings: components["schemas"]["MeaningView"][];
            patterns: components["schemas"]["PatternView"][];
            insights: components["schemas"]["InsightView"][];
            principles: components["schemas"]["PrincipleView"][];
        };
        TurnView: {
            /** @example P3 */
            speaker?: string;
            start: number;
            end: number;
            from_ms?: number;
            to_ms?: number;
        };
        TranscriptView: {
            interview: number;
            name: string;
            /** @enum {string} */
            format: "txt" | "md" | "vtt" | "srt" | "docx";
            text: string;
            turns: components["schemas"]["TurnView"][];
        };
        ComparedSide: {
            request_id: string;
            title: string;
            /** @enum {string} */
            method: "extractive" | "model";
            interviews: number;
            meanings: number;
            patterns: number;
            insights: number;
            principles: number;
        };
        ComparedItem: {
            /** @description Of the first analysis; null where it has none that is alike. */
            first: string | null;
            /** @description Of the second one; null likewise. */
            second: string | null;
            /** @description The theme or statement of the one that there is, of both the first’s. */
            text: string;
            /** @description 0 to 1: how alike their words are. */
            likeness: number;
        };
        AnalysisComparison: {
            first: components["schemas"]["ComparedSide"];
            second: components["schemas"]["ComparedSide"];
            patterns: components["schemas"]["ComparedItem"][];
            principles: components["schemas"]["ComparedItem"][];
        };
        RetryAnalysis: {
            /**
             * @description The first step to be done again; absent: the one that failed. What earlier steps found is kept.
             * @enum {string}
             */
            from_step?: "chunking" | "inferring" | "relating" | "explaining" | "activating";
            /**
             * @description Another method than before, from `inferring` on.
             * @enum {string}
             */
            method?: "extractive" | "model";
        };
        CreateTool: {
            /**
             * @description JSON Schema of the input, an object; patterns, references and combinations such as anyOf are not taken.
             * @example {
             *       "type": "object",
             *       "properties": {
             *         "city": {
             *           "type": "string"
             *         }
             *       },
             *       "required": [
             *         "city"
             *       ]
             *     }
             */
            input_schema: {
                [key: string]: unknown;
            };
            /**
             * @description Headers of the request; `{{secret}}` in a value becomes the secret.
             * @example {
             *       "authorization": "Bearer {{secret}}"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * @description For POST: JSON whose texts may have `{name}`; absent: the whole input.
             * @example {
             *       "place": "{city}"
             *     }
             */
            body?: {
                [key: string]: unknown;
            };
            /**
             * @description Stored encrypted and never shown; null removes it.
             * @example k-123456
             */
            secret?: string | null;
            /**
             * @description How language models call it: letters, digits, `_` and `-`. It cannot be changed.
             * @example weather
             */
            name: string;
            /**
             * @description What it does and when to use it, for the language model.
             * @example Tells the weather of a city.
             */
            description: string;
            /**
             * @example GET
             * @enum {string}
             */
            method: "GET" | "POST";
            /**
             * @description Members of the input as `{name}`, in path and query only. It must be on the public internet; redirects are not followed.
             * @example https://weather.example.com/v1/{city}?units=metric
             */
            url: string;
            /**
             * @description For the whole request.
             * @example 10000
             */
            timeout_ms?: number;
            /**
             * @description Bytes of the answer; what is more is not read.
             * @example 100000
             */
            response_limit_bytes?: number;
        };
        HttpTool: {
            /**
             * @description JSON Schema of the input.
             * @example {
             *       "type": "object",
             *       "properties": {
             *         "city": {
             *           "type": "string"
             *         }
             *       },
             *       "required": [
             *         "city"
             *       ]
             *     }
             */
            input_schema: {
                [key: string]: unknown;
            };
            headers: {
                [key: string]: string;
            };
            body: {
                [key: string]: unknown;
            } | null;
            /**
             * @example GET
             * @enum {string}
             */
            method: "GET" | "POST";
            /** @example https://weather.example.com/v1/{city}?units=metric */
            url: string;
            /** @description Whether a secret is stored. */
            has_secret: boolean;
            timeout_ms: number;
            response_limit_bytes: number;
            /**
             * @description Counts the changes, from 1; also the ETag.
             * @example 1
             */
            version: number;
            created_at: string;
            updated_at: string;
            /** @example weather */
            name: string;
            /** @example Tells the weather of a city. */
            description: string;
            /**
             * @description `http` tools are the workspace's own; the others come with the service.
             * @enum {string}
             */
            kind: "builtin" | "http" | "web_search";
        };
        Tool: {
            /**
             * @description JSON Schema of the input.
             * @example {
             *       "type": "object",
             *       "properties": {
             *         "city": {
             *           "type": "string"
             *         }
             *       },
             *       "required": [
             *         "city"
             *       ]
             *     }
             */
            input_schema: {
                [key: string]: unknown;
            };
            /** @example weather */
            name: string;
            /** @example Tells the weather of a city. */
            description: string;
            /**
             * @description `http` tools are the workspace's own; the others come with the service.
             * @enum {string}
             */
            kind: "builtin" | "http" | "web_search";
        };
        ToolPage: {
            items: components["schemas"]["Tool"][];
            next_cursor: string | null;
        };
        ChangeTool: {
            /**
             * @description JSON Schema of the input, an object; patterns, references and combinations such as anyOf are not taken.
             * @example {
             *       "type": "object",
             *       "properties": {
             *         "city": {
             *           "type": "string"
             *         }
             *       },
             *       "required": [
             *         "city"
             *       ]
             *     }
             */
            input_schema?: {
                [key: string]: unknown;
            };
            /**
             * @description Headers of the request; `{{secret}}` in a value becomes the secret.
             * @example {
             *       "authorization": "Bearer {{secret}}"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * @description For POST: JSON whose texts may have `{name}`; absent: the whole input.
             * @example {
             *       "place": "{city}"
             *     }
             */
            body?: {
                [key: string]: unknown;
            };
            /**
             * @description Stored encrypted and never shown; null removes it.
             * @example k-123456
             */
            secret?: string | null;
            /**
             * @description What it does and when to use it, for the language model.
             * @example Tells the weather of a city.
             */
            description?: string;
            /**
             * @example GET
             * @enum {string}
             */
            method?: "GET" | "POST";
            /**
             * @description Members of the input as `{name}`, in path and query only. It must be on the public internet; redirects are not followed.
             * @example https://weather.example.com/v1/{city}?units=metric
             */
            url?: string;
            /**
             * @description For the whole request.
             * @example 10000
             */
            timeout_ms?: number;
            /**
             * @description Bytes of the answer; what is more is not read.
             * @example 100000
             */
            response_limit_bytes?: number;
        };
        TestTool: {
            /**
             * @description As the tool's input_schema says.
             * @example {
             *       "city": "Lisbon"
             *     }
             */
            input: {
                [key: string]: unknown;
            };
        };
        ToolTestResult: {
            /** @description Text from elsewhere, between two lines that say so. */
            content: string;
            truncated: boolean;
            /** @example 231 */
            duration_ms: number;
        };
        MeasuredUsage: {
            /**
             * @description `bytes_stored`: uploaded files and published versions. `bytes_scanned`: what queries have read, and those that run will.
             * @enum {string}
             */
            measure: "bytes_stored" | "bytes_scanned" | "concurrent_queries" | "chat_usd";
            /**
             * @example bytes
             * @enum {string}
             */
            unit: "bytes" | "queries" | "usd";
            /**
             * @description What is counted: `all`, a month of UTC, or `now`.
             * @example 2026-11
             */
            period: string;
            /** @example 45400000 */
            used: number;
            /**
             * @description Null when there is no limit.
             * @example 1000000000000
             */
            maximum: number | null;
            /**
             * @description `used` divided by `maximum`; null when there is no limit.
             * @example 0.0001
             */
            fraction: number | null;
            /** @description When the next period begins; null when nothing ever resets. */
            resets_at: string | null;
        };
        WorkspaceUsage: {
            measures: components["schemas"]["MeasuredUsage"][];
        };
        QuotaValues: {
            /**
             * @description Bytes of uploaded files and published versions.
             * @example 50000000000
             */
            bytes_stored?: number | null;
            /**
             * @description Bytes that queries may read in a month of UTC.
             * @example 1000000000000
             */
            bytes_scanned?: number | null;
            /**
             * @description Queries that run at the same time; more of them wait for their turn.
             * @example 2
             */
            concurrent_queries?: number | null;
            /**
             * @description US dollars that chats may cost in a month of UTC.
             * @example 20.5
             */
            chat_usd?: number | null;
        };
        Quotas: {
            /** @description What holds where the workspace has no quota of its own, and the most that its owners may set; null: no limit. */
            service: components["schemas"]["QuotaValues"];
            /**
             * @description Bytes of uploaded files and published versions.
             * @example 50000000000
             */
            bytes_stored?: number | null;
            /**
             * @description Bytes that queries may read in a month of UTC.
             * @example 1000000000000
             */
            bytes_scanned?: number | null;
            /**
             * @description Queries that run at the same time; more of them wait for their turn.
             * @example 2
             */
            concurrent_queries?: number | null;
            /**
             * @description US dollars that chats may cost in a month of UTC.
             * @example 20.5
             */
            chat_usd?: number | null;
        };
        SetupRequest: {
            /**
             * @description The one-time token that the service prints at its first start.
             * @example setup-4f9c…
             */
            token: string;
            /** @example ada@example.com */
            email: string;
            /**
             * @description At least 8 characters, at most 72 bytes.
             * @example correct horse battery staple
             */
            password: string;
            /** @example Ada Lovelace */
            full_name: string;
        };
        TokenPair: {
            /** @description Goes into the Authorization header. */
            access_token: string;
            /** @description Good for one call of POST /auth/refresh; keep it secret. */
            refresh_token: string;
            /**
             * @example bearer
             * @enum {string}
             */
            token_type: "bearer";
            /**
             * @description Seconds until the access token expires.
             * @example 900
             */
            expires_in: number;
        };
        LoginRequest: {
            /** @example ada@example.com */
            email: string;
            /** @example correct horse battery staple */
            password: string;
        };
        RefreshRequest: {
            /** @example ttr_… */
            refresh_token: string;
        };
        ChangePassword: {
            /** @example correct horse battery staple */
            current_password: string;
            /**
             * @description At least 8 characters, at most 72 bytes, and neither the current password nor the e-mail address or user name.
             * @example an even better battery staple
             */
            new_password: string;
        };
        CreateApiToken: {
            /** @example Grafana */
            name: string;
            /**
             * @description Permissions of the token; it can never do more than its owner.
             * @example [
             *       "queries:run",
             *       "queries:read",
             *       "tables:read"
             *     ]
             */
            scopes: ("uploads:read" | "uploads:write" | "datasets:read" | "datasets:write" | "datasets:delete" | "crawls:read" | "crawls:write" | "tables:read" | "tables:write" | "queries:read" | "queries:run" | "saved_queries:read" | "saved_queries:write" | "feeds:read" | "feeds:write" | "chat:use" | "chatbots:write" | "tools:write" | "analysis:read" | "analysis:write" | "feedback:read" | "documents:read" | "sources:read" | "sources:write" | "jobs:read" | "jobs:write" | "api_tokens:write" | "workspace:read" | "members:read" | "members:write" | "roles:write" | "users:read" | "users:write" | "workspace:write" | "workspace:delete" | "usage:read" | "audit:read")[];
            /**
             * @description When the token stops working; absent: never.
             * @example 2030-01-01T00:00:00Z
             */
            expires_at?: string;
        };
        CreatedApiToken: {
            /** @example tt_3kd8f2… */
            token: string;
            /** @example tok_01j8x0q0000000000000000000 */
            id: string;
            /**
             * @description Its owner: the token can do what both the owner's role and its scopes allow.
             * @example 0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d
             */
            user_id: string;
            /** @example ada@example.com */
            user_email: string;
            /** @example Grafana */
            name: string;
            /**
             * @description The secret's first characters, to recognise it by.
             * @example tt_3kd8f2
             */
            prefix: string;
            /**
             * @example [
             *       "queries:run",
             *       "queries:read",
             *       "tables:read"
             *     ]
             */
            scopes: string[];
            created_at: string;
            expires_at: string | null;
            last_used_at: string | null;
            revoked_at: string | null;
        };
        ApiToken: {
            /** @example tok_01j8x0q0000000000000000000 */
            id: string;
            /**
             * @description Its owner: the token can do what both the owner's role and its scopes allow.
             * @example 0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d
             */
            user_id: string;
            /** @example ada@example.com */
            user_email: string;
            /** @example Grafana */
            name: string;
            /**
             * @description The secret's first characters, to recognise it by.
             * @example tt_3kd8f2
             */
            prefix: string;
            /**
             * @example [
             *       "queries:run",
             *       "queries:read",
             *       "tables:read"
             *     ]
             */
            scopes: string[];
            created_at: string;
            expires_at: string | null;
            last_used_at: string | null;
            revoked_at: string | null;
        };
        ApiTokenPage: {
            items: components["schemas"]["ApiToken"][];
            next_cursor: string | null;
        };
        NewDirectUpload: {
            /** @example orders.csv.gz */
            file_name: string;
            /**
             * @description Size of the whole file.
             * @example 4812331225
             */
            bytes: number;
        };
        Dialect: {
            /**
             * @description Text encoding. A byte-order mark is never part of the text.
             * @example utf-8
             */
            encoding: string;
            /**
             * @description The character between fields.
             * @example ,
             */
            delimiter: string;
            /**
             * @description The character around fields that hold delimiters or newlines; empty when fields are never quoted.
             * @example \
             */
            quote: string;
            /** @description Whether the first row after the skipped ones holds column names. */
            header: boolean;
            /** @enum {string} */
            decimal: "," | ".";
            /**
             * @example
             * @enum {string}
             */
            newline: "\n" | "\r\n" | "\r";
            /**
             * @description Whether the file is compressed; found out, never set.
             * @enum {string}
             */
            compression: "none" | "gzip";
            /**
             * @description Lines before the header that are no data, such as titles and comments.
             * @example 0
             */
            skip_rows: number;
        };
        UploadError: {
            /** @example /problems/upload-interrupted */
            type: string;
            /** @example The upload was interrupted */
            title: string;
            /** @example The connection ended before the whole file had arrived. */
            detail: string;
        };
        Upload: {
            /** @example upl_01j8x0q0000000000000000000 */
            upload_id: string;
            /**
             * @description The sender's name for it. Show it as text, never as markup.
             * @example orders.csv
             */
            file_name: string;
            /**
             * @description Bytes that have arrived.
             * @example 1064421
             */
            bytes: number;
            /** @description Bytes that an upload in parts has announced; null for others. */
            length: number | null;
            /**
             * @description SHA-256 of the bytes, hexadecimal; null until all have arrived.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            sha256: string | null;
            /**
             * @description `receiving` until all bytes have arrived, `submitted` while a data set holds the file, `expired` once it was deleted.
             * @enum {string}
             */
            status: "failed" | "receiving" | "ready" | "submitted" | "expired";
            /** @description How the file is read; null until that is known. */
            dialect: components["schemas"]["Dialect"] | null;
            /** @description The data set that holds the file; null unless it is submitted. */
            dataset: string | null;
            created_at: string;
            /** @description When the file is deleted unless it is submitted before; null once it is. */
            expires_at: string | null;
            /** @description Present when the status is `failed`. */
            error?: components["schemas"]["UploadError"];
        };
        DirectUpload: {
            upload: components["schemas"]["Upload"];
            /**
             * @description Bytes of each part but the last.
             * @example 16777216
             */
            part_bytes: number;
            /**
             * @description Parts are numbered from 1 to this.
             * @example 287
             */
            part_count: number;
        };
        WantedParts: {
            /**
             * @example [
             *       1,
             *       2,
             *       3
             *     ]
             */
            part_numbers: number[];
        };
        DirectPartAddress: {
            /** @example 1 */
            part_number: number;
            /**
             * @description How many bytes to send.
             * @example 16777216
             */
            bytes: number;
            url: string;
            expires_at: string;
        };
        DirectPartAddresses: {
            parts: components["schemas"]["DirectPartAddress"][];
        };
        DirectAddress: {
            url: string;
            expires_at: string;
        };
        UploadPage: {
            items: components["schemas"]["Upload"][];
            next_cursor: string | null;
        };
        ChatbotModel: {
            /**
             * @description `builtin` is the translator that comes with the service and needs no model. Absent: what `LANGUAGE_MODEL` says.
             * @example openai-compatible
             * @enum {string}
             */
            provider?: "openai-compatible" | "bedrock" | "builtin";
            /** @example qwen3:8b */
            model_id?: string;
            /** @example 0.2 */
            temperature?: number;
            /** @example 0.9 */
            top_p?: number;
            /**
             * @description Most tokens of one answer of the model.
             * @example 4000
             */
            max_tokens?: number;
        };
        CreateChatbot: {
            /**
             * @description Names of the tables that it may read; absent or null: all that its user may read.
             * @example [
             *       "orders"
             *     ]
             */
            tables?: string[] | null;
            /** @example Sales */
            name: string;
            /** @example Knows the orders of the shop. */
            description?: string;
            /**
             * @description What the model is told before every conversation.
             * @example Amounts are in euros. A year begins in October.
             */
            system_prompt?: string;
            model?: components["schemas"]["ChatbotModel"];
            /**
             * @description Names of the tools that it may use, as `GET /tools` lists them; absent: those that come with the service.
             * @example [
             *       "web_search"
             *     ]
             */
            tools?: string[];
        };
        Chatbot: {
            /** @example 1b8f4f0e-6e0c-8d5e-9c57-0f7c1a2b3c4d */
            chatbot_id: string;
            /** @example Sales */
            name: string;
            description: string;
            system_prompt: string;
            model: components["schemas"]["ChatbotModel"];
            tools: string[];
            /** @description Null: all tables that its user may read. */
            tables: string[] | null;
            /** @description Whether it answers when a question names no chatbot. */
            is_default: boolean;
            /**
             * @description Counts the changes, from 1; also the ETag.
             * @example 1
             */
            version: number;
            /** @description Null for the chatbot that came with the workspace, until it is changed. */
            created_at: string | null;
            updated_at: string | null;
            /**
             * @description What it names that is not there any more, in sentences.
             * @example [
             *       "The table orders is not there any more."
             *     ]
             */
            warnings: string[];
        };
        ChatbotPage: {
            items: components["schemas"]["Chatbot"][];
            next_cursor: string | null;
        };
        ChangeChatbot: {
            /**
             * @description Names of the tables that it may read; absent or null: all that its user may read.
             * @example [
             *       "orders"
             *     ]
             */
            tables?: string[] | null;
            /** @example Sales */
            name?: string;
            /** @example Knows the orders of the shop. */
            description?: string;
            /**
             * @description What the model is told before every conversation.
             * @example Amounts are in euros. A year begins in October.
             */
            system_prompt?: string;
            model?: components["schemas"]["ChatbotModel"];
            /**
             * @description Names of the tools that it may use, as `GET /tools` lists them; absent: those that come with the service.
             * @example [
             *       "web_search"
             *     ]
             */
            tools?: string[];
        };
        ChatbotVersion: {
            /** @example 1 */
            version: number;
            name: string;
            description: string;
            system_prompt: string;
            model: components["schemas"]["ChatbotModel"];
            tools: string[];
            tables: string[] | null;
            /** @description Who made it so; null for what came with the workspace. */
            user_id: string | null;
            created_at: string | null;
        };
        ChatbotVersionPage: {
            items: components["schemas"]["ChatbotVersion"][];
            next_cursor: string | null;
        };
        TopValueView: {
            /** @example Lisbon */
            value: string;
            /** @example 41 */
            count: number;
        };
        TableColumn: {
            /** @example city */
            name: string;
            /**
             * @description boolean, bigint, double, decimal(p,s), varchar, date, timestamp, timestamp with time zone, time or json.
             * @example varchar
             */
            type: string;
            /**
             * @description What people wrote about it.
             * @example Where the order was delivered to.
             */
            description?: string;
            /** @description Whether any row has no value here. */
            nullable: boolean;
            /**
             * @description Number of different values, an estimate above a few thousand.
             * @example 12
             */
            distinct?: number;
            /**
             * @description Share of rows without a value, 0 to 1.
             * @example 0.02
             */
            null_fraction?: number;
            /**
             * @description Smallest value, as text.
             * @example Aveiro
             */
            min?: string;
            /**
             * @description Greatest value, as text.
             * @example Viseu
             */
            max?: string;
            /** @description The most frequent values, most frequent first. */
            top_values?: components["schemas"]["TopValueView"][];
            /**
             * @description Of numbers, dates and timestamps: how many values fall into each of at most twenty equal steps from `min` to `max`.
             * @example [
             *       4,
             *       12,
             *       9,
             *       3
             *     ]
             */
            histogram?: number[];
        };
        Table: {
            /** @example orders */
            table: string;
            /** @example Every order since 2019, one row each. */
            description?: string;
            columns: components["schemas"]["TableColumn"][];
            /** @example 3121 */
            rows: number;
            /**
             * @description Compressed size of its files.
             * @example 48213
             */
            bytes: number;
            /**
             * @description Which data it shows: data set and version. A name, not a path on any machine.
             * @example lake://orders/versions/3
             */
            location: string;
            /**
             * @description The data set's version that it shows.
             * @example 3
             */
            version: number;
            /** @description When a crawl last changed it. */
            updated_at: string;
        };
        TablePageView: {
            items: components["schemas"]["Table"][];
            next_cursor: string | null;
        };
        DescribeTable: {
            /**
             * @description At most 2,000 characters.
             * @example Every order since 2019, one row each.
             */
            description?: string | null;
            /**
             * @description Descriptions by column name, each at most 2,000 characters.
             * @example {
             *       "city": "Where the order was delivered to."
             *     }
             */
            columns?: {
                [key: string]: unknown;
            };
        };
        CreateConversation: {
            /**
             * @description Absent: the first question becomes the title.
             * @example Orders by city
             */
            title?: string;
            /**
             * Format: uuid
             * @description Which chatbot answers; absent: the workspace's default one.
             */
            chatbot_id?: string;
        };
        Conversation: {
            /** @example conv_01j8x0q0000000000000000000 */
            conversation_id: string;
            /** @example Orders by city */
            title: string;
            chatbot_id: string | null;
            created_at: string;
            updated_at: string;
            /** @example 2 */
            message_count: number;
            /**
             * @description The beginning of the last message.
             * @example There were 41 orders from Lisbon.
             */
            last_message: string | null;
            /** @description The run that works on an answer now. */
            active_run_id: string | null;
        };
        ConversationPage: {
            items: components["schemas"]["Conversation"][];
            next_cursor: string | null;
        };
        ChangeConversation: {
            /** @example Orders by city */
            title?: string;
            /**
             * Format: uuid
             * @description Which chatbot answers from now on.
             */
            chatbot_id?: string;
        };
        ForkConversation: {
            /** @description The last message that the new conversation shares with this one; absent: all of them. */
            message_id?: string;
        };
        AnswerModel: {
            /** @description `builtin`, or the provider of a language model. */
            provider: string;
            model_id?: string;
        };
        AnswerChatbot: {
            id: string;
            version: number;
        };
        AnswerVerifiedQuestion: {
            id: string;
            question: string;
        };
        AnswerPolicies: {
            /**
             * @description Whose rights: the name of the role of whoever asked.
             * @example analyst
             */
            role: string;
            /**
             * @description How they had signed in.
             * @enum {string}
             */
            credential: "session" | "api_token";
            /** @description The only tables that the chatbot may read; null for all of the workspace. */
            chatbot_tables: string[] | null;
            /** @description How many tables the question could be answered from. */
            readable_tables: number;
            /** @description Every statement is one SELECT. */
            read_only: boolean;
            /** @description Results are cut after so many rows. */
            max_rows: number;
            /** @description Above this estimate a person is asked. */
            ask_above_bytes: number;
            /** @description Above this estimate the query is refused. */
            refuse_above_bytes: number;
            /** @description The most that may be run for one answer. */
            max_queries: number;
            /** @description The most that may be corrected for one answer. */
            max_repairs: number;
        };
        TableSource: {
            /** @example orders */
            table: string;
            /**
             * @description Which of the table's versions: later ones do not change the answer.
             * @example 3
             */
            version: number;
            /**
             * @description Columns that it may have read.
             * @example [
             *       "city"
             *     ]
             */
            columns: string[];
        };
        QuerySource: {
            parameters: (string | number | boolean | null)[];
            /** @example qry_01j8x0q0000000000000000000 */
            query_id: string;
            /**
             * @description As it was run.
             * @example SELECT count(*) AS orders FROM orders WHERE city = Lisbon
             */
            sql: string;
            tables: components["schemas"]["TableSource"][];
            /** @example 48213 */
            bytes_scanned: number;
            /** @description US dollars. */
            cost_usd: number;
            /** @example 1 */
            row_count: number;
            /** @description The service cut the result at `policies.max_rows`. */
            truncated: boolean;
            /** @example duckdb */
            engine: string;
            duration_ms: number | null;
        };
        AnswerModelUsage: {
            input_tokens: number;
            output_tokens: number;
            /** @description US dollars; null when the price of a model is not known. */
            cost_usd: number | null;
            /** @description A part of it was not told by the provider, but taken from the number of characters. */
            estimated?: boolean;
        };
        AnswerCost: {
            /** @example 1 */
            queries: number;
            bytes_scanned: number;
            /** @description US dollars. */
            queries_usd: number;
            /** @description Absent where no model was asked. */
            model?: components["schemas"]["AnswerModelUsage"];
        };
        AnswerCheck: {
            /** @example empty_result */
            name: string;
            ok: boolean;
            detail: string;
        };
        ComparedStatement: {
            /** @enum {string} */
            by: "builtin" | "model";
            sql: string;
            query_id?: string;
            /** @description Why it was not run. */
            not_run?: string;
            /** @description Whether it came to the answer's result; null when it was not run. */
            agrees: boolean | null;
        };
        AnswerConfidence: {
            /**
             * @description 0 to 1: the share of the statements that were run, the answer's own among them, with the answer's result.
             * @example 0.67
             */
            agreement: number;
            /** @description Why the question was looked at more than once. */
            risk: string[];
            others: components["schemas"]["ComparedStatement"][];
        };
        DocumentSource: {
            /**
             * @description By which the answer refers to it: [1].
             * @example 1
             */
            number: number;
            /** @example doc_01j8x0q0000000000000000000 */
            document_id: string;
            /** @example How long does a refund take? */
            title: string | null;
            /**
             * @description Name of the source that it comes from.
             * @example Support channels
             */
            source: string;
            /**
             * @description The channel or project that it is in.
             * @example #support
             */
            container: string;
            /** @example Grace Hopper */
            author: string | null;
            /** @description When it was written. */
            time: string;
            /** @description Where it stands at its source. */
            url: string;
            /** @example The refund takes two weeks. */
            quote: string;
            /**
             * @description Where the quote stands in the document's text, in UTF-16 units. The document may have been changed since.
             * @example 120
             */
            start: number;
            /**
             * @description Behind its last.
             * @example 147
             */
            end: number;
            /** @description Whether the answer refers to it. */
            cited: boolean;
        };
        CellSource: {
            /** @description As the result holds it. */
            value: string | number | boolean | null;
            /**
             * @description As the answer shows it.
             * @example 41
             */
            text: string;
            query_id: string;
            /** @description Counted from 0. Absent for the number of rows. */
            row?: number;
            column?: string;
        };
        AnswerProvenance: {
            /** @description What the built-in translator means to compute: tables, measures, groups, filters, order. */
            plan?: {
                [key: string]: unknown;
            };
            /** @description The question as it was understood, standing on its own. */
            question: string;
            /** @example number of orders where city is Lisbon */
            understood?: string;
            assumptions: string[];
            /** @description Who wrote the SQL. */
            model: components["schemas"]["AnswerModel"];
            chatbot: components["schemas"]["AnswerChatbot"];
            /** @description The verified question whose stored SQL was run. */
            verified?: components["schemas"]["AnswerVerifiedQuestion"];
            policies: components["schemas"]["AnswerPolicies"];
            /** @description The last one is what the answer is about. */
            queries: components["schemas"]["QuerySource"][];
            cost: components["schemas"]["AnswerCost"];
            checks: components["schemas"]["AnswerCheck"][];
            /** @description Present where the risk was high, so that the statement was compared with others for the same question. */
            confidence?: components["schemas"]["AnswerConfidence"];
            /** @description Passages of documents that were found for it; absent where none were looked for. */
            documents?: components["schemas"]["DocumentSource"][];
            cells: components["schemas"]["CellSource"][];
        };
        ChartEncoding: {
            /** @example city */
            field: string;
            /** @enum {string} */
            type: "quantitative" | "temporal" | "ordinal" | "nominal";
        };
        ChartEncodings: {
            x: components["schemas"]["ChartEncoding"];
            y: components["schemas"]["ChartEncoding"];
            /** @description Tells groups apart. */
            color?: components["schemas"]["ChartEncoding"];
        };
        AnswerChart: {
            query_id: string;
            /**
             * @description `arc` draws a pie.
             * @enum {string}
             */
            mark: "line" | "area" | "bar" | "point" | "arc";
            encoding: components["schemas"]["ChartEncodings"];
        };
        AnswerFeedback: {
            feedback_id: string;
            /** @enum {string} */
            rating: "up" | "down";
            reason: string | null;
            comment: string | null;
            corrected_sql: string | null;
            created_at: string;
            updated_at: string;
        };
        Message: {
            /** @example msg_01j8x0q0000000000000000000 */
            message_id: string;
            conversation_id: string;
            /**
             * @example assistant
             * @enum {string}
             */
            role: "user" | "assistant";
            /** @example There were 41 orders from Lisbon. */
            content: string;
            /**
             * @description `partial`, `cancelled` and `failed` answers hold what had been said.
             * @enum {string}
             */
            status: "failed" | "cancelled" | "completed" | "partial";
            created_at: string;
            /** @description The run that gave, or gives, the answer. */
            run_id?: string;
            /** @description Where every number of the answer comes from. */
            provenance?: components["schemas"]["AnswerProvenance"];
            /** @description How to draw the answer; holds the query's id, not its rows. */
            chart?: components["schemas"]["AnswerChart"];
            /** @description The query whose result the answer is about. */
            query_id?: string;
            /** @description Questions that might come next. */
            follow_ups?: string[];
            /** @description What its reader thinks of it. */
            feedback?: components["schemas"]["AnswerFeedback"];
        };
        MessagePage: {
            items: components["schemas"]["Message"][];
            next_cursor: string | null;
        };
        GiveFeedback: {
            /**
             * @example down
             * @enum {string}
             */
            rating: "up" | "down";
            /**
             * @description In a word.
             * @example wrong table
             */
            reason?: string;
            /** @example Cancelled orders should not count. */
            comment?: string;
            /**
             * @description The statement that would have been right; checked as any other.
             * @example "select count(*) from orders where state <> "cancelled""
             */
            corrected_sql?: string;
        };
        MessageFeedback: {
            /** @example fb_01j8x0q0000000000000000000 */
            feedback_id: string;
            message_id: string;
            /**
             * @example down
             * @enum {string}
             */
            rating: "up" | "down";
            reason: string | null;
            comment: string | null;
            corrected_sql: string | null;
            created_at: string;
            updated_at: string;
        };
        Feedback: {
            /** @example fb_01j8x0q0000000000000000000 */
            feedback_id: string;
            message_id: string;
            /**
             * @example down
             * @enum {string}
             */
            rating: "up" | "down";
            reason: string | null;
            comment: string | null;
            corrected_sql: string | null;
            created_at: string;
            updated_at: string;
            user_id: string;
            conversation_id: string;
            /**
             * @description As it was understood, standing on its own.
             * @example How many orders came from Lisbon?
             */
            question: string;
            /** @example There were 41 orders from Lisbon. */
            answer: string;
            /** @description What was run for the answer; null where nothing was. */
            sql: string | null;
            /**
             * @example [
             *       "orders"
             *     ]
             */
            tables: string[];
        };
        FeedbackPage: {
            items: components["schemas"]["Feedback"][];
            next_cursor: string | null;
        };
        Object: Record<string, never>;
        VerifyAnswer: {
            /**
             * @description One value for each `?` of the statement.
             * @example [
             *       "Lisbon"
             *     ]
             */
            parameters?: (string | number | boolean | null)[];
            /**
             * @description Absent: the question as it was understood.
             * @example How many orders came from Lisbon?
             */
            question?: string;
            /**
             * @description Absent: the SQL that your feedback has corrected, or else the answer's own.
             * @example select count(*) from orders where city = ?
             */
            sql?: string;
        };
        VerifiedQuestion: {
            parameters: (string | number | boolean | null)[];
            /** @example vq_01j8x0q0000000000000000000 */
            verified_id: string;
            /** @example How many orders came from Lisbon? */
            question: string;
            /** @example select count(*) from orders where city = ? */
            sql: string;
            tables: string[];
            /** @description Who verified it. */
            user_id: string;
            created_at: string;
        };
        VerifiedQuestionPage: {
            items: components["schemas"]["VerifiedQuestion"][];
            next_cursor: string | null;
        };
        RunQuery: {
            /**
             * @description Milliseconds to wait for the end. A query that ends in time is answered with 200 and its first page, any other with
             *     202. It runs on in any case, also when the client goes away.
             * @default 1000
             * @example 1000
             */
            wait_ms?: number;
            /**
             * @description Values for the placeholders `?` of the statement, in their order. They are bound, never made part of the text.
             * @example [
             *       100
             *     ]
             */
            parameters?: (string | number | boolean | null)[];
            /**
             * @description One read-only statement in Athena's dialect, at most 262,144 bytes of UTF-8.
             * @example select city, count(*) as orders from orders where amount > ? group by city order by orders desc
             */
            sql: string;
            /**
             * @description The result is cut after this many rows, and says so. Absent: as many as the service allows.
             * @example 100000
             */
            max_rows?: number;
            /**
             * @description Refuse the query when it would read more bytes than this.
             * @example 1000000000
             */
            max_bytes_scanned?: number;
        };
        QueryColumn: {
            /** @example city */
            name: string;
            /**
             * @description Trino's name of the type.
             * @example varchar
             */
            type: string;
        };
        QueryError: {
            /**
             * @example data
             * @enum {string}
             */
            kind: "cancelled" | "syntax" | "not_read_only" | "not_allowed" | "unknown_table" | "unknown_column" | "type_mismatch" | "parameters" | "data" | "deadline" | "memory" | "result_too_large" | "too_many_bytes" | "interrupted" | "engine";
            /** @example Division by zero. */
            message: string;
            /** @description Counted from 1, in your own text. */
            line?: number;
            /** @description Counted from 1, in your own text. */
            column?: number;
            /** @description What to try. */
            hint?: string;
        };
        QueryWithRows: {
            /** @description Values of the placeholders. */
            parameters: unknown[];
            /**
             * @description The version of each table that was read.
             * @example {
             *       "orders": 3
             *     }
             */
            data_versions: {
                [key: string]: number;
            };
            /**
             * @description Rows as arrays in the order of `columns`. 64-bit integers and decimals are texts, so that nothing is rounded; dates
             *     and times are ISO 8601.
             * @example [
             *       [
             *         "Lisbon",
             *         "41"
             *       ]
             *     ]
             */
            rows?: unknown[][];
            /** @description For GET /queries/{query_id}/results; null when these are all rows. */
            next_cursor?: string | null;
            /** @example qry_01j8x0q0000000000000000000 */
            query_id: string;
            /** @example select city, count(*) as orders from orders group by city */
            sql: string;
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
            /** @description Empty until the query has succeeded. */
            columns: components["schemas"]["QueryColumn"][];
            /**
             * @description Rows of the whole result; null until the query has succeeded.
             * @example 41
             */
            row_count: number | null;
            /** @description True when the result was cut at `max_rows`. */
            truncated: boolean;
            /** @example 45400000 */
            bytes_scanned: number;
            /** @example 0 */
            cost_usd: number;
            /**
             * @description Time the query ran, without waiting for its turn; null while it has not ended or when it never ran.
             * @example 12.4
             */
            duration_ms: number | null;
            /** @example duckdb */
            engine: string;
            /** @description What the author should know about the statement. */
            warnings: string[];
            created_at: string;
            started_at: string | null;
            finished_at: string | null;
            /** @description Only of queries that failed or were cancelled. */
            error?: components["schemas"]["QueryError"];
        };
        Query: {
            /** @description Values of the placeholders. */
            parameters: unknown[];
            /**
             * @description The version of each table that was read.
             * @example {
             *       "orders": 3
             *     }
             */
            data_versions: {
                [key: string]: number;
            };
            /** @example qry_01j8x0q0000000000000000000 */
            query_id: string;
            /** @example select city, count(*) as orders from orders group by city */
            sql: string;
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
            /** @description Empty until the query has succeeded. */
            columns: components["schemas"]["QueryColumn"][];
            /**
             * @description Rows of the whole result; null until the query has succeeded.
             * @example 41
             */
            row_count: number | null;
            /** @description True when the result was cut at `max_rows`. */
            truncated: boolean;
            /** @example 45400000 */
            bytes_scanned: number;
            /** @example 0 */
            cost_usd: number;
            /**
             * @description Time the query ran, without waiting for its turn; null while it has not ended or when it never ran.
             * @example 12.4
             */
            duration_ms: number | null;
            /** @example duckdb */
            engine: string;
            /** @description What the author should know about the statement. */
            warnings: string[];
            created_at: string;
            started_at: string | null;
            finished_at: string | null;
            /** @description Only of queries that failed or were cancelled. */
            error?: components["schemas"]["QueryError"];
        };
        EstimateQuery: {
            /** @example select city, count(*) from orders group by city */
            sql: string;
        };
        TableEstimate: {
            /** @example orders */
            table: string;
            /** @example 45400000 */
            bytes: number;
        };
        QueryEstimate: {
            tables: components["schemas"]["TableEstimate"][];
            /** @example 45400000 */
            bytes_scanned: number;
            /** @example 0.000227 */
            cost_usd: number;
            /**
             * @description `ask`: let a person agree first; `refuse`: the service does not run it.
             * @enum {string}
             */
            decision: "allow" | "ask" | "refuse";
            /** @example [] */
            reasons: string[];
        };
        QueryPage: {
            items: components["schemas"]["Query"][];
            next_cursor: string | null;
        };
        ResultRows: {
            /**
             * @description Rows as arrays in the order of `columns`.
             * @example [
             *       [
             *         "Lisbon",
             *         "41"
             *       ]
             *     ]
             */
            rows: unknown[][];
            columns: components["schemas"]["QueryColumn"][];
            next_cursor: string | null;
        };
        RunView: {
            /** @example run_01j8x0q0000000000000000000 */
            run_id: string;
            /** @example conv_01j8x0q0000000000000000000 */
            conversation_id: string;
            /** @description The id that the answer has, or will have. */
            message_id: string;
            /**
             * @example completed
             * @enum {string}
             */
            state: "running" | "failed" | "cancelled" | "completed" | "suspended";
            /** @description What the run asks its user; null unless it is suspended. */
            interrupt: Record<string, never> | null;
            /** @description Why it failed or was cancelled, as a problem document. */
            problem: Record<string, never> | null;
            created_at: string;
            finished_at: string | null;
        };
        RespondRequest: {
            /**
             * @description From the run's `interrupt`.
             * @example int_01j8x0q0000000000000000000
             */
            interrupt_id: string;
            /**
             * @description The `value` of one of the options.
             * @example approve
             */
            value: string;
        };
        DocumentOrigin: {
            /** @example src_01j8x0q0000000000000000000 */
            source_id: string;
            /** @example Support channels */
            name: string;
            /**
             * @example slack
             * @enum {string}
             */
            kind: "slack" | "gitlab" | "backlog";
        };
        QuoteRange: {
            /** @example 4 */
            start: number;
            /**
             * @description Behind the last.
             * @example 10
             */
            end: number;
        };
        Quote: {
            /** @example The refund takes two weeks. */
            text: string;
            /**
             * @description Where it begins in the document's text, in UTF-16 units.
             * @example 120
             */
            start: number;
            /** @example 147 */
            end: number;
            /** @description The words that were searched for. */
            highlights: components["schemas"]["QuoteRange"][];
        };
        HitReason: {
            /**
             * @description Its place among those that have the words, from 1; null when it has none of them.
             * @example 1
             */
            words_rank: number | null;
            /**
             * @description Its place among those whose vectors are near, from 1; null when it is not near.
             * @example 3
             */
            vectors_rank: number | null;
            /**
             * @description Words of the search that the quoted passage has, as they are compared.
             * @example [
             *       "refund",
             *       "long"
             *     ]
             */
            words: string[];
            /**
             * @description Cosine of its vector and that of the search; null when it is not among the near ones.
             * @example 0.62
             */
            similarity: number | null;
        };
        SearchHit: {
            /** @example doc_01j8x0q0000000000000000000 */
            document_id: string;
            /**
             * @example thread
             * @enum {string}
             */
            kind: "message" | "file" | "thread" | "issue" | "merge_request" | "wiki" | "readme";
            source: components["schemas"]["DocumentOrigin"];
            /** @example How long does a refund take? */
            title: string | null;
            /** @example #support */
            container: string;
            /**
             * @description Who wrote the quoted passage.
             * @example Grace Hopper
             */
            author: string | null;
            /**
             * @description When the quoted passage was written.
             * @example 2026-05-01T09:30:00.000Z
             */
            time: string;
            /** @description Where the quoted passage stands at its source. */
            url: string;
            quote: components["schemas"]["Quote"];
            /**
             * @description Compares hits of one search; the sum of 1 / (60 + rank) over words and vectors.
             * @example 0.0325
             */
            score: number;
            why: components["schemas"]["HitReason"];
        };
        SearchEmbedder: {
            /** @example builtin */
            provider: string;
            /** @example hashed-words-1 */
            model_id: string;
            /** @description Whether it knows no more than which words and parts of words texts share. */
            lexical: boolean;
        };
        SearchResults: {
            /** @description The best first. */
            hits: components["schemas"]["SearchHit"][];
            /**
             * @description The words that were searched for, as they are compared.
             * @example [
             *       "long",
             *       "refund"
             *     ]
             */
            words: string[];
            /** @description False while the embedder cannot be reached: then documents were searched by their words alone. */
            vectors_used: boolean;
            embedder: components["schemas"]["SearchEmbedder"];
        };
        ListedDocument: {
            /**
             * @description How its text begins, in one line. Others wrote it: show it as text, never as a page.
             * @example How long does a refund take? A customer asked on Monday and
             */
            excerpt: string;
            /** @example doc_01j8x0q0000000000000000000 */
            document_id: string;
            /**
             * @example thread
             * @enum {string}
             */
            kind: "message" | "file" | "thread" | "issue" | "merge_request" | "wiki" | "readme";
            source: components["schemas"]["DocumentOrigin"];
            /** @example How long does a refund take? */
            title: string | null;
            /**
             * @description Who wrote it, or began it.
             * @example Ada Lovelace
             */
            author: string | null;
            /**
             * @description The channel or project that it is in.
             * @example #support
             */
            container: string;
            /**
             * @description Where it stands at its source.
             * @example https://example.slack.com/archives/C024BE91L/p1714390000000100
             */
            url: string;
            created_at: string;
            updated_at: string;
            /**
             * @description How it is found: by words and vectors, by words alone as long as its vectors are not made, or not yet.
             * @example words_and_vectors
             * @enum {string}
             */
            found_by: "words" | "words_and_vectors" | "nothing";
            /** @description Fields that documents of this kind have, such as the state and labels of an issue. */
            metadata: {
                [key: string]: unknown;
            };
        };
        DocumentPage: {
            items: components["schemas"]["ListedDocument"][];
            next_cursor: string | null;
        };
        DocumentPartView: {
            /** @description Offset in UTF-16 units. */
            start: number;
            /** @description Offset of what follows. */
            end: number;
            author: string | null;
            created_at: string;
            url: string | null;
        };
        Document: {
            text: string;
            /** @description Replies and comments, in the order of the text. */
            parts: components["schemas"]["DocumentPartView"][];
            /** @example doc_01j8x0q0000000000000000000 */
            document_id: string;
            /**
             * @example thread
             * @enum {string}
             */
            kind: "message" | "file" | "thread" | "issue" | "merge_request" | "wiki" | "readme";
            source: components["schemas"]["DocumentOrigin"];
            /** @example How long does a refund take? */
            title: string | null;
            /**
             * @description Who wrote it, or began it.
             * @example Ada Lovelace
             */
            author: string | null;
            /**
             * @description The channel or project that it is in.
             * @example #support
             */
            container: string;
            /**
             * @description Where it stands at its source.
             * @example https://example.slack.com/archives/C024BE91L/p1714390000000100
             */
            url: string;
            created_at: string;
            updated_at: string;
            /**
             * @description How it is found: by words and vectors, by words alone as long as its vectors are not made, or not yet.
             * @example words_and_vectors
             * @enum {string}
             */
            found_by: "words" | "words_and_vectors" | "nothing";
            /** @description Fields that documents of this kind have, such as the state and labels of an issue. */
            metadata: {
                [key: string]: unknown;
            };
        };
        AuditEvent: {
            /** @example evt_01j8x0q0000000000000000000 */
            event_id: string;
            /** @example 2026-01-31T09:30:00.123Z */
            at: string;
            /** @description Null for what belongs to no workspace, such as a sign-in. */
            workspace_id: string | null;
            /** @description Null when it is not known, or when the service acted by itself. */
            user_id: string | null;
            /**
             * @description The user's address as it is now; null for a user who was deleted.
             * @example ada@example.com
             */
            user_email: string | null;
            /** @example query.run */
            action: string;
            /**
             * @description Id or name of what was acted on.
             * @example qry_01j8x0q0000000000000000000
             */
            object: string | null;
            /** @enum {string} */
            outcome: "failed" | "allowed" | "denied";
            /**
             * @description Where the request came from; null for background work.
             * @example 203.0.113.7
             */
            address: string | null;
            /** @description The `X-Request-Id` of the answer; null for background work. */
            request_id: string | null;
            /**
             * @description Small facts, such as the tables that a query read. Never the data itself.
             * @example {
             *       "state": "succeeded",
             *       "data_versions": {
             *         "orders": 3
             *       }
             *     }
             */
            detail: {
                [key: string]: unknown;
            } | null;
        };
        AuditEventPage: {
            items: components["schemas"]["AuditEvent"][];
            next_cursor: string | null;
        };
        AskRequest: {
            /** @example How many orders came from Lisbon? */
            content: string;
            /**
             * @description How long to wait for the answer, in milliseconds; when it takes longer, the run can be followed.
             * @default 10000
             * @example 10000
             */
            wait_ms: number;
            /**
             * Format: uuid
             * @description Which chatbot answers; absent: the conversation's.
             */
            chatbot_id?: string;
            /**
             * @description The client's own id: sending the question again under the same id gives the same answer.
             * @example question-1
             */
            id?: string;
        };
        AnswerView: {
            run_id: string;
            conversation_id: string;
            /**
             * @example completed
             * @enum {string}
             */
            state: "running" | "failed" | "cancelled" | "completed" | "suspended";
            /** @description The answer; null while it is under way. */
            message: components["schemas"]["Message"] | null;
            /** @description What the run asks before it goes on: answer with POST /runs/{run_id}/respond, or simply say it. */
            interrupt: Record<string, never> | null;
        };
        RegenerateRequest: {
            /**
             * @default 10000
             * @example 10000
             */
            wait_ms: number;
        };
        StartCrawl: {
            /**
             * @description The data set whose stored files are to be read again.
             * @example orders
             */
            dataset: string;
        };
        CrawlProgress: {
            /**
             * @description 0 to 1 of the whole, conversion included. It goes back when something has to be done again: when a file turns out to
             *     need another way of reading, and after `retrying`.
             * @example 0.62
             */
            fraction: number;
            /**
             * @description Rows read in this phase.
             * @example 41000
             */
            rows?: number;
            /**
             * @description Bytes read in this phase.
             * @example 5242880
             */
            bytes?: number;
        };
        SchemaChangeView: {
            /** @example price */
            column: string;
            /**
             * @description Type before; null for a new column.
             * @example bigint
             */
            from: string | null;
            /**
             * @description Type now; null for a column that is gone.
             * @example double
             */
            to: string | null;
        };
        CrawlerDifferenceView: {
            /** @example price */
            column: string;
            /**
             * @description Type as it was stored; null for a column that only the crawler sees.
             * @example bigint
             */
            stored: string | null;
            /**
             * @description Type in the crawler's words; null for a column that it does not see.
             * @example double
             */
            found: string | null;
        };
        CrawlerFindings: {
            /** @description Empty when it sees exactly what was stored, or could not look. */
            differences: components["schemas"]["CrawlerDifferenceView"][];
            /**
             * @description Why it could not look; the table can be queried all the same.
             * @example The crawler of the table orders did not end within 900 seconds.
             */
            error?: string;
        };
        CrawledTable: {
            /** @example orders */
            table: string;
            /** @enum {string} */
            change: "created" | "updated" | "unchanged";
            schema_changes: components["schemas"]["SchemaChangeView"][];
            /** @description Absent where the catalog has no crawler, and while nothing has changed. */
            crawler?: components["schemas"]["CrawlerFindings"];
        };
        CrawlError: {
            /** @example /problems/dataset-deleted */
            type: string;
            /** @example The data set was deleted meanwhile */
            title: string;
            /** @example The data set orders was deleted while this was running. */
            detail: string;
        };
        Crawl: {
            /** @example crawl_01j8x0q0000000000000000000 */
            crawl_id: string;
            /** @example orders */
            dataset: string;
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "failed" | "stopping" | "stopped";
            /**
             * @description What it is doing, or was doing when it ended.
             * @enum {string}
             */
            phase: "queued" | "converting" | "listing" | "profiling" | "updating";
            progress: components["schemas"]["CrawlProgress"];
            /** @description What it changed in the catalog; empty until it has succeeded. */
            tables: components["schemas"]["CrawledTable"][];
            /** @description The background job that does the present part of the work. */
            job_id: string;
            queued_at: string;
            started_at: string | null;
            finished_at: string | null;
            /** @description Present when the state is `failed`. */
            error?: components["schemas"]["CrawlError"];
        };
        CrawlPage: {
            items: components["schemas"]["Crawl"][];
            next_cursor: string | null;
        };
        FeedUrlTemplates: {
            /** @example https://tabletalk.example.com/api/v1/feeds/{feed_id}.csv */
            csv: string;
            /** @example https://tabletalk.example.com/api/v1/feeds/{feed_id}.json */
            json: string;
            /** @example https://tabletalk.example.com/api/v1/feeds/{feed_id}.parquet */
            parquet: string;
        };
        ToolInstructions: {
            /** @example Excel */
            tool: string;
            /**
             * @description What to do, in order.
             * @example [
             *       "Data › Get Data › From Other Sources › From Web › Advanced."
             *     ]
             */
            steps: string[];
        };
        DriverConnection: {
            /**
             * @example jdbc
             * @enum {string}
             */
            driver: "jdbc" | "odbc";
            /**
             * @description The connection string, without credentials.
             * @example jdbc:athena://Region=eu-central-1;WorkGroup=tabletalk-ws_01j8x0q0000000000000000000;Catalog=AwsDataCatalog;…
             */
            connection: string;
        };
        DirectAccess: {
            /** @example eu-central-1 */
            region: string;
            /** @example tabletalk-ws_01j8x0q0000000000000000000 */
            workgroup: string;
            /** @example AwsDataCatalog */
            catalog: string;
            /** @example tabletalk_ws_01j8x0q0000000000000000000 */
            database: string;
            /**
             * @description Where the engine leaves results.
             * @example s3://example-lake/athena-results/ws_01j8x0q0000000000000000000/
             */
            output_location: string;
            /** @description What a program must be allowed to do, and who allows it. */
            rights: string[];
        };
        Connections: {
            feed_urls: components["schemas"]["FeedUrlTemplates"];
            /** @description How a program proves that it may read. */
            authentication: string[];
            tools: components["schemas"]["ToolInstructions"][];
            /** @description Empty where the engine takes no connections from outside, as the embedded one does not: use feeds. */
            drivers: components["schemas"]["DriverConnection"][];
            /** @description Absent where there are no drivers. */
            direct_access?: components["schemas"]["DirectAccess"];
        };
        CreateFeed: {
            /**
             * @description Values that are fixed for every reader. Readers give the other parameters in the address.
             * @example {
             *       "minimum": 100
             *     }
             */
            parameters?: {
                [key: string]: unknown;
            };
            /**
             * @description Also the name of the file that readers get.
             * @example Orders by city
             */
            name: string;
            /** @example sq_01j8x0q0000000000000000000 */
            saved_query_id: string;
            /**
             * @description A stored result that is older than this is made anew when somebody reads; 0: at every reading. Absent: 300.
             * @example 300
             */
            max_age_seconds?: number;
        };
        FeedUrls: {
            /** @example /api/v1/feeds/feed_01j8x0q0000000000000000000.csv */
            csv: string;
            /** @example /api/v1/feeds/feed_01j8x0q0000000000000000000.json */
            json: string;
            /** @example /api/v1/feeds/feed_01j8x0q0000000000000000000.parquet */
            parquet: string;
        };
        Feed: {
            /**
             * @description Values that are fixed for every reader.
             * @example {
             *       "minimum": 100
             *     }
             */
            parameters: {
                [key: string]: unknown;
            };
            /** @example feed_01j8x0q0000000000000000000 */
            feed_id: string;
            /** @example Orders by city */
            name: string;
            /** @example sq_01j8x0q0000000000000000000 */
            saved_query_id: string;
            /** @example 300 */
            max_age_seconds: number;
            /**
             * @description Counts the changes, from 1; also the ETag.
             * @example 1
             */
            version: number;
            urls: components["schemas"]["FeedUrls"];
            created_at: string;
            updated_at: string;
        };
        FeedPage: {
            items: components["schemas"]["Feed"][];
            next_cursor: string | null;
        };
        ChangeFeed: {
            /**
             * @description Values that are fixed for every reader. Readers give the other parameters in the address.
             * @example {
             *       "minimum": 100
             *     }
             */
            parameters?: {
                [key: string]: unknown;
            };
            /**
             * @description Also the name of the file that readers get.
             * @example Orders by city
             */
            name?: string;
            /** @example sq_01j8x0q0000000000000000000 */
            saved_query_id?: string;
            /**
             * @description A stored result that is older than this is made anew when somebody reads; 0: at every reading. Absent: 300.
             * @example 300
             */
            max_age_seconds?: number;
        };
        SavedQueryParameter: {
            /**
             * @description The value when none is given.
             * @example 100
             */
            default?: string | number | boolean | null;
            /**
             * @description How the SQL mentions it after a colon: letters, digits and underscores.
             * @example minimum
             */
            name: string;
            /**
             * @example integer
             * @enum {string}
             */
            type: "string" | "number" | "boolean" | "date" | "timestamp" | "integer";
            /** @description Without value and default, a required parameter is an error; any other is NULL. */
            required?: boolean;
        };
        CreateSavedQuery: {
            /** @example Orders by city */
            name: string;
            /** @example Cities with the most orders above an amount */
            description?: string;
            /**
             * @description One read-only statement that mentions its parameters as `:name`. Values are bound, never made part of the text.
             * @example select city, count(*) as orders from orders where amount > :minimum group by city order by orders desc
             */
            sql: string;
            /** @description Every parameter that the statement mentions. */
            parameters?: components["schemas"]["SavedQueryParameter"][];
        };
        SavedQuery: {
            /** @example sq_01j8x0q0000000000000000000 */
            saved_query_id: string;
            /** @example Orders by city */
            name: string;
            /** @example Cities with the most orders above an amount */
            description: string;
            /** @example select city, count(*) as orders from orders where amount > :minimum group by city order by orders desc */
            sql: string;
            parameters: components["schemas"]["SavedQueryParameter"][];
            /**
             * @description Counts the changes, from 1; also the ETag.
             * @example 1
             */
            version: number;
            created_at: string;
            updated_at: string;
        };
        SavedQueryPage: {
            items: components["schemas"]["SavedQuery"][];
            next_cursor: string | null;
        };
        ChangeSavedQuery: {
            /** @example Orders by city */
            name?: string;
            /** @example Cities with the most orders above an amount */
            description?: string;
            /**
             * @description One read-only statement that mentions its parameters as `:name`. Values are bound, never made part of the text.
             * @example select city, count(*) as orders from orders where amount > :minimum group by city order by orders desc
             */
            sql?: string;
            /** @description Every parameter that the statement mentions. */
            parameters?: components["schemas"]["SavedQueryParameter"][];
        };
        RunSavedQuery: {
            /**
             * @description Milliseconds to wait for the end. A query that ends in time is answered with 200 and its first page, any other with
             *     202. It runs on in any case, also when the client goes away.
             * @default 1000
             * @example 1000
             */
            wait_ms?: number;
            /**
             * @description Values by parameter name.
             * @example {
             *       "minimum": 100
             *     }
             */
            parameters?: {
                [key: string]: unknown;
            };
        };
        ContractColumn: {
            /**
             * @description The header's text exactly as in the file, by which the column is recognised.
             * @example Cost Total $
             */
            source_name: string;
            /**
             * @description The name under which it is queried.
             * @example cost_total
             */
            name: string;
            /**
             * @description boolean, bigint, double, decimal(p,s), varchar, date, timestamp, timestamp with time zone, time or json. A type that
             *     you set is kept: values that do not fit are rejected. One that is left as proposed widens to fit every value.
             * @example decimal(12,2)
             */
            type: string;
            /**
             * @description How text becomes a value: a strptime pattern for dates and times, a sample such as 1.234,50 for numbers, a pair such
             *     as yes/no for booleans.
             * @example %d/%m/%Y
             */
            format?: string;
            /**
             * @description Texts that mean NULL besides the empty field.
             * @example [
             *       "NA",
             *       "-"
             *     ]
             */
            null_values?: string[];
            /** @description Leaves the column out of the table. */
            drop?: boolean;
        };
        Contract: {
            dialect: components["schemas"]["Dialect"];
            /** @description One entry for each column of the file, in the file's order. */
            columns: components["schemas"]["ContractColumn"][];
        };
        Dataset: {
            /** @example orders */
            dataset: string;
            /**
             * @description The table that SQL names, once a crawl has succeeded.
             * @example orders
             */
            table: string;
            /**
             * @description The current version; null until the first one is published.
             * @example 3
             */
            version: number | null;
            /**
             * @description Number of published versions.
             * @example 3
             */
            versions: number;
            /**
             * @description Rows of the current version.
             * @example 3121
             */
            rows: number;
            /**
             * @description Size of the files as they were uploaded.
             * @example 181200
             */
            bytes_raw: number;
            /**
             * @description Size of the same rows in storage.
             * @example 48213
             */
            bytes_parquet: number;
            /** @description What was applied to the latest file; null until the first version is published. */
            contract: components["schemas"]["Contract"] | null;
            created_at: string;
            updated_at: string;
        };
        DatasetPage: {
            items: components["schemas"]["Dataset"][];
            next_cursor: string | null;
        };
        StoredColumn: {
            /** @example price */
            name: string;
            /** @example double */
            type: string;
            /** @description How the file's text became values, where the type alone does not say it. */
            format?: string;
            /** @description Whether any row has no value here. */
            nullable: boolean;
            /**
             * @description Why the type is what it is.
             * @example row 48,112 is the first that is not an integer: 12.5
             */
            evidence: string;
        };
        VersionSchemaChange: {
            /** @example price */
            column: string;
            /** @description Type before; null for a new column. */
            from: string | null;
            /** @description Type now; null for a column that is gone. */
            to: string | null;
        };
        VersionError: {
            /** @example /problems/conversion-crashed */
            type: string;
            /** @example The file could not be converted */
            title: string;
            detail: string;
        };
        DatasetVersion: {
            /** @example orders */
            dataset: string;
            /** @example 1 */
            version: number;
            /** @enum {string} */
            mode: "replace" | "create" | "restore" | "append";
            /** @enum {string} */
            state: "failed" | "ready" | "converting";
            /** @description Whether it is the version that the data set has now. */
            current: boolean;
            /**
             * @description Rows of the file; always `rows_stored + rows_rejected`.
             * @example 1561
             */
            rows_in: number | null;
            /** @example 1560 */
            rows_stored: number | null;
            /**
             * @description Rows that did not fit, to be had from …/rejects.
             * @example 1
             */
            rows_rejected: number | null;
            /**
             * @description Rows of the whole version, those of appended-to versions among them.
             * @example 3121
             */
            rows: number | null;
            /** @description Size of its files as they were uploaded. */
            bytes_raw: number;
            /** @description Size of its rows in storage. */
            bytes_parquet: number | null;
            columns: components["schemas"]["StoredColumn"][];
            /** @description How the columns differ from those of the version that was current before. */
            schema_changes: components["schemas"]["VersionSchemaChange"][];
            /**
             * @description The uploader's name for the file.
             * @example orders.csv
             */
            file_name: string | null;
            /** @description SHA-256 of the uploaded file, hexadecimal. */
            sha256: string | null;
            /** @description The version whose files it took over; null unless the mode is `restore`. */
            restored_from: number | null;
            crawl_id: string | null;
            job_id: string | null;
            created_at: string;
            /** @description Id of the user who submitted or restored it. */
            created_by: string;
            finished_at: string | null;
            /** @description Present when the state is `failed`. */
            error?: components["schemas"]["VersionError"];
        };
        VersionPage: {
            items: components["schemas"]["DatasetVersion"][];
            next_cursor: string | null;
        };
        Submitted: {
            /** @example orders */
            dataset: string;
            /** @example 1 */
            version: number;
            /**
             * @description Follow it at /crawls/{crawl_id}; null when no crawl was asked for.
             * @example crawl_01j8x0q0000000000000000000
             */
            crawl_id: string | null;
            /** @description The background job that is first. */
            job_id: string;
        };
        SubmitUpload: {
            /**
             * @description Whether the catalog is brought up to date afterwards, so that SQL sees the data.
             * @default true
             */
            crawl?: boolean;
            /**
             * @description Name of the data set and of its table: a to z, 0 to 9 and _, no digit first, at most 128 characters.
             * @example orders
             */
            dataset: string;
            /**
             * @description create: a new data set; append: the rows are added to those of an existing one; replace: the rows take the place of
             *     all its rows. Earlier versions stay and can be restored.
             * @example create
             * @enum {string}
             */
            mode: "replace" | "create" | "append";
        };
        DependencyHealth: {
            /** @example database */
            name: string;
            /** @description Whether no requests should come here without it, as `/health/ready` says. */
            required: boolean;
            /**
             * @example up
             * @enum {string}
             */
            status: "up" | "down";
            /**
             * @description What is wrong with it; absent while it is up.
             * @example It did not answer within 2 seconds.
             */
            message?: string;
            /**
             * @description What is used for it, where that depends on what is there.
             * @example exact search in memory
             */
            detail?: string;
        };
        Health: {
            /**
             * @description `degraded` while any dependency is down.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "degraded" | "draining";
            /** @example 0.1.0 */
            version: string;
            /**
             * @description Seconds since the process started.
             * @example 4711
             */
            uptime_seconds: number;
            /** @description All of them at `/health`, those that are required at `/health/ready`. */
            dependencies: components["schemas"]["DependencyHealth"][];
        };
        Liveness: {
            /**
             * @example ok
             * @enum {string}
             */
            status: "ok";
        };
        SourceSecretInput: {
            /**
             * @description Slack: the signing secret of the app. GitLab: the signing token (`whsec_…`) or the secret token of the webhook.
             *     Backlog: a text of your own, which goes into the address of the webhook as `?secret=`. Null removes it; without one,
             *     webhooks are refused.
             * @example whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=
             */
            webhook_secret?: string | null;
            /**
             * @description Slack: a bot or user token with `channels:read`, `channels:history`, `users:read` and, for files, `files:read`
             *     (`groups:…` for private channels). GitLab: an access token with `read_api`. Backlog: an API key.
             * @example glpat-XXXXXXXXXXXXXXXXXXXX
             */
            token: string;
        };
        CreateSource: {
            /**
             * @description What to read. Slack: `channels` (names or ids; none: every public one that the app is in), `private_channels`, `files`,
             *     `look_back_days` (how far incremental syncs look for replies and edits). GitLab: `url`, `projects` (paths; none: all
             *     that the token’s account is a member of), `include` (of issues, merge_requests, wiki, readme), `confidential`.
             *     Backlog: `url`, `projects` (keys; none: all), `include` (of issues, wikis).
             * @example {
             *       "url": "https://gitlab.com",
             *       "projects": [
             *         "group/project"
             *       ],
             *       "include": [
             *         "issues",
             *         "merge_requests"
             *       ]
             *     }
             */
            config: {
                [key: string]: unknown;
            };
            secret: components["schemas"]["SourceSecretInput"];
            /**
             * @description When to read what is new: a cron expression of five fields, in UTC. Null: only when asked, and by webhooks.
             * @example *\/30 * * * *
             */
            schedule?: string | null;
            /**
             * @description Users who may read it, besides its creator, when the visibility is `members`.
             * @example []
             */
            member_ids?: string[];
            /**
             * @description How people call it.
             * @example Shop on GitLab
             */
            name: string;
            /**
             * @description Who may read what it brings: every member with documents:read, those in `member_ids`, or its creator alone.
             * @example workspace
             * @enum {string}
             */
            visibility?: "members" | "private" | "workspace";
            /**
             * @description Whether issues and merge requests also become a data set, kept up to date by syncs, at most once an hour. All members may
             *     query data sets, so this goes with the visibility `workspace` only: with another one the data set is deleted. By default
             *     on for GitLab and Backlog when that is the visibility.
             */
            tables?: boolean;
            /**
             * @example gitlab
             * @enum {string}
             */
            kind: "slack" | "gitlab" | "backlog";
        };
        SyncCountsView: {
            /** @description Documents that were new. */
            created: number;
            /** @description Documents that were other than before. */
            changed: number;
            /** @description Documents that were read and the same. */
            unchanged: number;
            /** @description Documents that are gone at the platform. */
            removed: number;
            /** @description Pages that were read and kept. */
            pages: number;
            /** @description Webhooks that were followed. */
            events: number;
        };
        SyncErrorView: {
            /** @example /problems/connector-refused */
            type: string;
            /** @example The platform refused the connection */
            title: string;
            detail: string;
        };
        SyncWaitView: {
            /** @example its rate limit is used up */
            reason: string;
            until: string;
        };
        SourceSync: {
            /**
             * @description What was asked for: everything, what has changed, or what webhooks tell of.
             * @enum {string}
             */
            mode: "full" | "incremental" | "events";
            /** @enum {string} */
            trigger: "manual" | "schedule" | "webhook" | "change";
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
            /**
             * @description How far it has come, as the connector keeps it.
             * @example {
             *       "since": {},
             *       "next": {}
             *     }
             */
            cursor: {
                [key: string]: unknown;
            } | null;
            /** @description The job that does it: GET /api/v1/jobs/{job_id}/events follows it, POST /api/v1/jobs/{job_id}/cancel stops it. */
            job_id: string;
            source_id: string;
            counts: components["schemas"]["SyncCountsView"];
            /**
             * @description How far it has come, in words.
             * @example acme/shop: issues up to 2026-11-20
             */
            progress: string | null;
            /** @description Present when it has failed, or waits to be tried again after a failure. */
            error?: components["schemas"]["SyncErrorView"];
            /** @description When it is tried again after a failure; null unless it waits for that. */
            next_try_at: string | null;
            /** @description Present while a run waits for the platform. */
            waiting?: components["schemas"]["SyncWaitView"];
            queued_at: string;
            started_at: string | null;
            finished_at: string | null;
        };
        Source: {
            /** @enum {string} */
            kind: "slack" | "gitlab" | "backlog";
            /**
             * @description With its defaults filled in.
             * @example {
             *       "url": "https://gitlab.com",
             *       "projects": [
             *         "group/project"
             *       ],
             *       "include": [
             *         "issues",
             *         "merge_requests"
             *       ]
             *     }
             */
            config: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            visibility: "workspace" | "members" | "private";
            /** @example src_01j8x0q0000000000000000000 */
            source_id: string;
            /** @example Shop on GitLab */
            name: string;
            /** @description Whether webhooks can be verified; without, they are refused. */
            has_webhook_secret: boolean;
            /** @description The path that the platform’s webhooks go to, behind the address of this service. */
            webhook_path: string;
            /** @example *\/30 * * * * */
            schedule: string | null;
            paused: boolean;
            member_ids: string[];
            /** @description Whether issues and merge requests become a data set. */
            tables: boolean;
            /**
             * @description The data set that its issues and merge requests were published as. It stays when this is turned off, until it is deleted.
             * @example shop_on_gitlab_issues
             */
            dataset: string | null;
            /** @description How many documents it holds. */
            documents: number;
            /** @description The latest run over it. */
            last_sync: components["schemas"]["SourceSync"] | null;
            /** @description When everything asked for had been read. */
            last_synced_at: string | null;
            last_full_sync_at: string | null;
            /** @description By its schedule; null when it has none or is paused. */
            next_sync_at: string | null;
            version: number;
            created_by: string;
            created_at: string;
            updated_at: string;
            /** @description Until its documents are removed, it can be restored. */
            deleted_at: string | null;
            /** @description When its documents are removed, if it is not restored before. */
            purge_at: string | null;
        };
        SourcePage: {
            items: components["schemas"]["Source"][];
            next_cursor: string | null;
        };
        TestSource: {
            /**
             * @description What to read. Slack: `channels` (names or ids; none: every public one that the app is in), `private_channels`, `files`,
             *     `look_back_days` (how far incremental syncs look for replies and edits). GitLab: `url`, `projects` (paths; none: all
             *     that the token’s account is a member of), `include` (of issues, merge_requests, wiki, readme), `confidential`.
             *     Backlog: `url`, `projects` (keys; none: all), `include` (of issues, wikis).
             * @example {
             *       "url": "https://gitlab.com",
             *       "projects": [
             *         "group/project"
             *       ],
             *       "include": [
             *         "issues",
             *         "merge_requests"
             *       ]
             *     }
             */
            config: {
                [key: string]: unknown;
            };
            secret: components["schemas"]["SourceSecretInput"];
            /**
             * @example gitlab
             * @enum {string}
             */
            kind: "slack" | "gitlab" | "backlog";
        };
        ContainerReport: {
            /** @example acme/shop */
            name: string;
            readable: boolean;
            /** @description What to do about it when not. */
            detail?: string;
        };
        ConnectionTest: {
            /**
             * @description As whom the platform knows the token.
             * @example tabletalk-bot
             */
            account: string;
            containers: components["schemas"]["ContainerReport"][];
            warnings: string[];
            /** @example 312 */
            duration_ms: number;
        };
        ChangeSourceSecret: {
            /**
             * @description Slack: the signing secret of the app. GitLab: the signing token (`whsec_…`) or the secret token of the webhook.
             *     Backlog: a text of your own, which goes into the address of the webhook as `?secret=`. Null removes it; without one,
             *     webhooks are refused.
             * @example whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=
             */
            webhook_secret?: string | null;
            /**
             * @description Slack: a bot or user token with `channels:read`, `channels:history`, `users:read` and, for files, `files:read`
             *     (`groups:…` for private channels). GitLab: an access token with `read_api`. Backlog: an API key.
             * @example glpat-XXXXXXXXXXXXXXXXXXXX
             */
            token?: string;
        };
        ChangeSource: {
            /**
             * @description What to read. Slack: `channels` (names or ids; none: every public one that the app is in), `private_channels`, `files`,
             *     `look_back_days` (how far incremental syncs look for replies and edits). GitLab: `url`, `projects` (paths; none: all
             *     that the token’s account is a member of), `include` (of issues, merge_requests, wiki, readme), `confidential`.
             *     Backlog: `url`, `projects` (keys; none: all), `include` (of issues, wikis).
             * @example {
             *       "url": "https://gitlab.com",
             *       "projects": [
             *         "group/project"
             *       ],
             *       "include": [
             *         "issues",
             *         "merge_requests"
             *       ]
             *     }
             */
            config?: {
                [key: string]: unknown;
            };
            /**
             * @description When to read what is new: a cron expression of five fields, in UTC. Null: only when asked, and by webhooks.
             * @example *\/30 * * * *
             */
            schedule?: string | null;
            /**
             * @description Users who may read it, besides its creator, when the visibility is `members`.
             * @example []
             */
            member_ids?: string[];
            /** @description The token stays only with the address that it was given for. */
            secret?: components["schemas"]["ChangeSourceSecret"];
            /**
             * @description How people call it.
             * @example Shop on GitLab
             */
            name?: string;
            /**
             * @description Who may read what it brings: every member with documents:read, those in `member_ids`, or its creator alone.
             * @example workspace
             * @enum {string}
             */
            visibility?: "members" | "private" | "workspace";
            /**
             * @description Whether issues and merge requests also become a data set, kept up to date by syncs, at most once an hour. All members may
             *     query data sets, so this goes with the visibility `workspace` only: with another one the data set is deleted. By default
             *     on for GitLab and Backlog when that is the visibility.
             */
            tables?: boolean;
        };
        RequestSync: {
            /**
             * @description `incremental` reads what has changed, `full` reads everything and finds out what is gone.
             * @example incremental
             * @enum {string}
             */
            mode?: "full" | "incremental";
        };
        SourceSyncPage: {
            items: components["schemas"]["SourceSync"][];
            next_cursor: string | null;
        };
        WebhookReceipt: {
            /** @description Slack asks for its own word back when an address is set up. */
            challenge?: string;
            /** @description Whether it was taken now; false when it was there before, or nothing of the source is meant. */
            accepted?: boolean;
        };
        PreviewColumn: {
            /**
             * @description The name under which it is queried.
             * @example cost_total
             */
            name: string;
            /**
             * @description The header's text exactly as in the file.
             * @example Cost Total $
             */
            source_name: string;
            /** @example bigint */
            type: string;
            /** @description Whether a row that was read has no value here. */
            nullable: boolean;
            /**
             * @description How text becomes a value where the type alone does not say it.
             * @example %d/%m/%Y
             */
            format?: string;
            /** @description Texts that mean NULL besides the empty field. */
            null_values?: string[];
            /**
             * @description Why the type is what it is.
             * @example all 1,000 values that were read are whole numbers
             */
            evidence: string;
        };
        PreviewCell: {
            /** @example 0 */
            row: number;
            /** @example 2 */
            column: number;
        };
        DialectEvidence: {
            encoding: string;
            delimiter: string;
            quote: string;
            header: string;
            decimal: string;
            newline: string;
            skip_rows: string;
        };
        PreviewWarning: {
            /** @example ragged_row */
            code: string;
            /** @description What is odd, where, and how to mend it. */
            detail: string;
            /** @description Counted from 1. */
            line?: number;
            /** @description A character in that line, counted from 1. */
            column?: number;
            /**
             * @description The column of the preview that it is about: an index, counted from 0.
             * @example 2
             */
            field?: number;
        };
        Preview: {
            /**
             * @description Values by column: strings, numbers, booleans and null; 64-bit integers, decimals, dates and times are strings.
             * @example [
             *       [
             *         "1",
             *         "Lisbon",
             *         2.5
             *       ]
             *     ]
             */
            rows: (string | number | boolean | null)[][];
            columns: components["schemas"]["PreviewColumn"][];
            /**
             * @description The line of the file in which each of the rows begins, counted from 1.
             * @example [
             *       2
             *     ]
             */
            lines: number[];
            /** @description Cells whose text is no value of their column; it is shown as it stands in the file. */
            misfits: components["schemas"]["PreviewCell"][];
            /** @description Rows that are shown. */
            row_count: number;
            /** @description Whether the file holds more rows than these. */
            truncated: boolean;
            dialect: components["schemas"]["Dialect"];
            dialect_evidence: components["schemas"]["DialectEvidence"];
            warnings: components["schemas"]["PreviewWarning"][];
        };
        ChangeContract: {
            /** @description Absent: as it is. */
            dialect?: components["schemas"]["Dialect"];
            /** @description One entry for each column of the file, in the file's order. Absent: as the file suggests under the dialect. */
            columns?: components["schemas"]["ContractColumn"][];
        };
        InvitationToken: {
            /** @example tti_… */
            token: string;
        };
        InvitationOffer: {
            /** @example 5f0c7a52-8f3c-4bb1-9a53-1d8a0f2b6c11 */
            workspace_id: string;
            /** @example Sales */
            workspace_name: string;
            /** @example grace@example.com */
            email: string;
            /** @example analyst */
            role: string;
            expires_at: string;
            /** @description Whether there is an account with this address already, whose password accepts the invitation. */
            has_account: boolean;
        };
        AcceptInvitation: {
            /** @example tti_… */
            token: string;
            /**
             * @description Of the account that there is, or for the new one: at least 8 characters, at most 72 bytes.
             * @example correct horse battery staple
             */
            password: string;
            /**
             * @description For a new account; made from the e-mail address when absent.
             * @example Grace Hopper
             */
            full_name?: string;
            /**
             * @description For a new account; made from the e-mail address when absent.
             * @example grace
             */
            username?: string;
        };
        CreateInvitation: {
            /** @example grace@example.com */
            email: string;
            /**
             * @description Name or id of a role of the workspace that allows no more than your own.
             * @example analyst
             */
            role: string;
            /**
             * @description Days until it expires.
             * @default 7
             * @example 7
             */
            expires_in_days: number;
        };
        CreatedInvitation: {
            /**
             * @description What the invited person opens. Whoever has it can accept the invitation.
             * @example https://tabletalk.example.com/invitation#token=tti_…
             */
            link: string;
            /** @example tti_… */
            token: string;
            /**
             * @description Whether a mail server has taken the link over. Unless it is `sent`, pass the link on yourself.
             * @example not_configured
             * @enum {string}
             */
            mail: "failed" | "sent" | "not_configured";
            /** @example inv_01j8x0q0000000000000000000 */
            invitation_id: string;
            /** @example grace@example.com */
            email: string;
            /** @example analyst */
            role: string;
            /**
             * @example pending
             * @enum {string}
             */
            status: "expired" | "pending" | "accepted" | "revoked";
            /**
             * @description Id of the user who invited.
             * @example 0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d
             */
            invited_by: string;
            created_at: string;
            expires_at: string;
        };
        Invitation: {
            /** @example inv_01j8x0q0000000000000000000 */
            invitation_id: string;
            /** @example grace@example.com */
            email: string;
            /** @example analyst */
            role: string;
            /**
             * @example pending
             * @enum {string}
             */
            status: "expired" | "pending" | "accepted" | "revoked";
            /**
             * @description Id of the user who invited.
             * @example 0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d
             */
            invited_by: string;
            created_at: string;
            expires_at: string;
        };
        InvitationPage: {
            items: components["schemas"]["Invitation"][];
            next_cursor: string | null;
        };
        JobErrorView: {
            /** @example /problems/storage-full */
            type: string;
            /** @example No space left */
            title: string;
            detail: string;
        };
        JobView: {
            /** @example job_01j8x0q0000000000000000000 */
            job_id: string;
            /** @example datasets.publish */
            kind: string;
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
            /** @description Times it has been started. */
            attempts: number;
            /** @description After so many failed attempts it is given up. */
            max_attempts: number;
            /** @description Whether a person must act: it will not be tried again by itself. */
            dead: boolean;
            cancel_requested: boolean;
            /**
             * @description The latest progress; its members depend on the kind.
             * @example {
             *       "phase": "converting",
             *       "fraction": 0.42,
             *       "rows": 41000
             *     }
             */
            progress: {
                [key: string]: unknown;
            } | null;
            /** @description When it may start; a retry waits. */
            run_at: string;
            created_at: string;
            started_at: string | null;
            finished_at: string | null;
            /** @description Present when it has failed, or waits until `run_at` to be tried again after a failure. */
            error?: components["schemas"]["JobErrorView"];
        };
        JobPage: {
            items: components["schemas"]["JobView"][];
            next_cursor: string | null;
        };
        Member: {
            /** @example 0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d */
            user_id: string;
            /** @example ada@example.com */
            email: string;
            /** @example ada */
            username: string;
            /** @example Ada Lovelace */
            full_name: string;
            /** @description False while the account is disabled. */
            is_active: boolean;
            /**
             * @description Name of the role.
             * @example analyst
             */
            role: string;
            joined_at: string;
        };
        MemberPage: {
            items: components["schemas"]["Member"][];
            next_cursor: string | null;
        };
        AddMember: {
            /**
             * Format: uuid
             * @example 0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d
             */
            user_id?: string;
            /** @example ada@example.com */
            email?: string;
            /**
             * @description Name or id of the role.
             * @example analyst
             */
            role: string;
        };
        ChangeMember: {
            /**
             * @description Name or id of the new role.
             * @example analyst
             */
            role: string;
        };
        TransferOwnership: {
            /**
             * Format: uuid
             * @description A member of the workspace.
             * @example 0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d
             */
            user_id: string;
        };
        CreatePrompt: {
            /** @example How many orders came from Lisbon? */
            prompt: string;
            /**
             * Format: uuid
             * @description Which chatbot answers; absent: the default one.
             */
            chatbot_id?: string;
        };
        AcceptedPrompt: {
            /** @example prompt_01j8x0q0000000000000000000 */
            request_id: string;
            /**
             * @example PENDING
             * @enum {string}
             */
            status: "PENDING" | "PROCESSING" | "PROCESSED" | "FAILED";
        };
        PromptRequest: {
            /** @example prompt_01j8x0q0000000000000000000 */
            request_id: string;
            user_id: string;
            /** @example How many orders came from Lisbon? */
            human_prompt: string;
            /**
             * @example PROCESSED
             * @enum {string}
             */
            status: "PENDING" | "PROCESSING" | "PROCESSED" | "FAILED";
            /**
             * @description The statement behind the answer, where there was one.
             * @example "SELECT count(*) FROM orders WHERE city = "Lisbon""
             */
            sql?: string;
            /** @example There were 41 orders from Lisbon. */
            answer?: string;
            /** @description Where the rows behind the answer are: add `?format=csv`, `json`, `parquet` or `arrow`. */
            result_url?: string;
            /** @description Why it failed, as a problem document. */
            error?: Record<string, never>;
            created_at: string;
            updated_at: string;
        };
        PromptPage: {
            items: components["schemas"]["PromptRequest"][];
            next_cursor: string | null;
        };
        /** @description RFC 9457 problem document. Open the address in "type" for what to do about it. */
        Problem: {
            /** @example /problems/invalid-request */
            type: string;
            /** @example The request is not valid */
            title: string;
            /** @example 400 */
            status: number;
            /** @example /limit: must not be greater than 1000 */
            detail: string;
            /** @example /api/v1/uploads */
            instance?: string;
            request_id: string;
            errors?: {
                pointer: string;
                detail: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    Auth_setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Auth_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Auth_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Profile_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Profile_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeProfile"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Users_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description Part of an e-mail address, username or full name. */
                search?: string;
                /** @description Only those who may sign in, or only those who may not. */
                active?: boolean;
                /** @description Everybody instead of the members of this workspace; for administrators of the service. */
                scope?: "workspace" | "service";
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Users_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUser"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Users_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Users_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Users_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeUser"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sessions_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sessions_endAll: {
        parameters: {
            query: {
                /** @description Stay signed in here. */
                keep_current: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sessions_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Password_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Workspaces_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description Show also the deleted ones that you could restore. */
                include?: "deleted";
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspacePage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Workspaces_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkspace"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Workspaces_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Workspaces_delete: {
        parameters: {
            query?: {
                /** @description The exact name of the workspace, so that nobody deletes the wrong one. */
                confirm?: string;
            };
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
            };
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Workspaces_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
            };
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeWorkspace"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Workspaces_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Usage_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceUsage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Usage_getQuotas: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quotas"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Usage_putQuotas: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed them meanwhile, 412. */
                "If-Match"?: string;
            };
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuotaValues"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quotas"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Invitations_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                status?: "expired" | "pending" | "accepted" | "revoked";
            };
            header?: never;
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Invitations_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateInvitation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedInvitation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Invitations_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: string;
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Members_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                /** @description Part of an e-mail address, a username or a full name. */
                search?: string;
                /** @description Name or id of a role. */
                role?: string;
            };
            header?: never;
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Members_add: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddMember"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Members_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Members_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
            };
            path: {
                workspace_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Members_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
            };
            path: {
                workspace_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMember"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Members_leave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Members_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferOwnership"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    InvitationAcceptance_lookUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationToken"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationOffer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    InvitationAcceptance_accept: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Roles_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceRoleList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Roles_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRole"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceRole"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Roles_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceRole"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Roles_delete: {
        parameters: {
            query?: {
                /** @description Name or id of the role that members and invited people get instead. */
                replace_with?: string;
            };
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Roles_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                role_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRole"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceRole"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Permissions_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ApiTokens_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                /** @description me: your own; all: those of every member, for which the permission members:write is needed. */
                owner?: "all" | "me";
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ApiTokens_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiToken"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ApiTokens_revoke: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AuditEvents_list: {
        parameters: {
            query?: {
                /**
                 * @description workspace: the events of this workspace. service: those of all workspaces, and those that belong to none, such as
                 *     sign-ins; for administrators of the service only.
                 */
                scope?: "workspace" | "service";
                /** @description How many items at most. */
                limit?: number;
                /** @description Only what this user did. */
                user_id?: string;
                /** @description Only this action; with a dot at its end, every action that begins so. */
                action?: string;
                /** @description Only what was done to this object, by its id or name. */
                object?: string;
                /** @description Only events with this outcome. */
                outcome?: "failed" | "allowed" | "denied";
                /** @description Only events at this time or later. */
                from?: string;
                /** @description Only events before this time. */
                to?: string;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AuditEvents_export: {
        parameters: {
            query?: {
                /**
                 * @description workspace: the events of this workspace. service: those of all workspaces, and those that belong to none, such as
                 *     sign-ins; for administrators of the service only.
                 */
                scope?: "workspace" | "service";
                /** @description csv: one line each under a header. jsonl: one JSON object a line, as in the list. */
                format?: components["schemas"]["Object"];
                /** @description Only what this user did. */
                user_id?: string;
                /** @description Only this action; with a dot at its end, every action that begins so. */
                action?: string;
                /** @description Only what was done to this object, by its id or name. */
                object?: string;
                /** @description Only events with this outcome. */
                outcome?: "failed" | "allowed" | "denied";
                /** @description Only events at this time or later. */
                from?: string;
                /** @description Only events before this time. */
                to?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8; header=present": string;
                    "application/jsonl; charset=utf-8": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Direct_begin: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDirectUpload"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectUpload"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Direct_parts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WantedParts"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectPartAddresses"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Direct_complete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Direct_file: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectAddress"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Uploads_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Uploads_create: {
        parameters: {
            query?: {
                /** @description Name of the file; only for bodies that are the file itself. A form says the name in its part. */
                file_name?: string;
            };
            header?: {
                /** @description Makes a retry harmless: the same key and file get the same upload, the same key with another file is 422. */
                "Idempotency-Key"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Uploads_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Uploads_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Previews_preview: {
        parameters: {
            query?: {
                /** @description How many rows at most. */
                limit?: number;
                /**
                 * @description contract: values are read as the contract says, and those that do not fit are among `misfits`; detected: all of the
                 *     dialect is detected anew. Absent: as the file was understood last. Not together with parts of the dialect.
                 */
                read_as?: "contract" | "detected";
                encoding?: string;
                /** @description One character; `tab` or `\t` for a tab. */
                delimiter?: string;
                /** @description One character, or empty when fields are never quoted. */
                quote?: string;
                /** @description Whether the first row holds column names. */
                header?: "false" | "true";
                decimal?: "," | ".";
                /** @description Lines before the table that are no data. */
                skip_rows?: number;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Previews_contract: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contract"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Previews_setContract: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the contract that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeContract"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contract"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Submit_submit: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitUpload"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Submitted"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Resumable_create: {
        parameters: {
            query?: never;
            header: {
                /** @description Always 1.0.0. */
                "Tus-Resumable": string;
                /** @description filename and its value in base64. */
                "Upload-Metadata"?: string;
                /** @description Size of the whole file in bytes. */
                "Upload-Length": string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Resumable_options: {
        parameters: {
            query?: never;
            header: {
                /** @description Always 1.0.0. */
                "Tus-Resumable": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Resumable_terminate: {
        parameters: {
            query?: never;
            header: {
                /** @description Always 1.0.0. */
                "Tus-Resumable": string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Resumable_offset: {
        parameters: {
            query?: never;
            header: {
                /** @description Always 1.0.0. */
                "Tus-Resumable": string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Resumable_append: {
        parameters: {
            query?: never;
            header: {
                /** @description Always 1.0.0. */
                "Tus-Resumable": string;
                /** @description Where these bytes begin in the file. */
                "Upload-Offset": string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `Upload-Offset` says how many bytes have arrived. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Datasets_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                /** @description Part of a data set's name. */
                search?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Datasets_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Datasets_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Datasets_listVersions: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Datasets_getVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                dataset: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetVersion"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Datasets_restore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                dataset: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Submitted"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Datasets_rejects: {
        parameters: {
            query?: {
                /** @description Leave cells as they are that a spreadsheet would take for a formula. Absent: such cells get a leading apostrophe. */
                raw?: boolean;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                dataset: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Crawls_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                /** @description Only crawls of this data set. */
                dataset?: string;
                /** @description Only crawls in this state. */
                state?: "queued" | "running" | "succeeded" | "failed" | "stopping" | "stopped";
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CrawlPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Crawls_start: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartCrawl"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Crawl"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Crawls_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                crawl_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Crawl"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Crawls_stop: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                crawl_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Crawl"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Crawls_follow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                crawl_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ends when the crawl has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tables_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                /** @description Part of the name or description of a table or of one of its columns; upper and lower case are the same. */
                search?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TablePageView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tables_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Table"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tables_describe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                table: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DescribeTable"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Table"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Queries_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                state?: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                /** @description Only queries whose SQL contains this text, in any case. */
                search?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Queries_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunQuery"];
            };
        };
        responses: {
            /** @description The query has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryWithRows"];
                };
            };
            /** @description The query is queued or running; follow Location. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Query"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Queries_estimate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EstimateQuery"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryEstimate"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Queries_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Query"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Queries_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Query"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Queries_events: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ends when the query has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    QueryResults_page: {
        parameters: {
            query?: {
                /** @description How many rows at most. */
                limit?: number;
                /** @description How many rows to skip; a cursor overrules it. A page after the last row is empty. */
                offset?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultRows"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    QueryResults_download: {
        parameters: {
            query?: {
                format?: components["schemas"]["Object"];
                /** @description Leave CSV cells that a spreadsheet would take for a formula as they are. */
                raw?: boolean;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8; header=present": string;
                    "application/json; charset=utf-8": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SavedQueries_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQueryPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SavedQueries_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSavedQuery"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SavedQueries_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                saved_query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SavedQueries_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                saved_query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SavedQueries_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                saved_query_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSavedQuery"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SavedQueries_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                saved_query_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunSavedQuery"];
            };
        };
        responses: {
            /** @description The query has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryWithRows"];
                };
            };
            /** @description The query is queued or running; follow Location. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Query"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    FeedFiles_csv: {
        parameters: {
            query?: {
                /** @description An API token for programs that cannot send an Authorization header. Its only scope must be the one that this call needs. */
                token?: unknown;
                /** @description Leave CSV cells that a spreadsheet would take for a formula as they are. */
                raw?: boolean;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                feed_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8; header=present": string;
                };
            };
            /** @description The reader’s copy is still right. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    FeedFiles_json: {
        parameters: {
            query?: {
                /** @description An API token for programs that cannot send an Authorization header. Its only scope must be the one that this call needs. */
                token?: unknown;
                /** @description Leave CSV cells that a spreadsheet would take for a formula as they are. */
                raw?: boolean;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                feed_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": string;
                };
            };
            /** @description The reader’s copy is still right. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    FeedFiles_parquet: {
        parameters: {
            query?: {
                /** @description An API token for programs that cannot send an Authorization header. Its only scope must be the one that this call needs. */
                token?: unknown;
                /** @description Leave CSV cells that a spreadsheet would take for a formula as they are. */
                raw?: boolean;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                feed_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": string;
                };
            };
            /** @description The reader’s copy is still right. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feeds_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feeds_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFeed"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feed"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feeds_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                feed_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feed"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feeds_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                feed_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feeds_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                feed_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeFeed"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feed"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Connections_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connections"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                status?: "failed" | "completed" | "pending" | "processing";
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalysisPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry harmless: the same key and request get the same analysis, the same key with another request is 422. */
                "Idempotency-Key"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAnalysis"];
                "multipart/form-data": {
                    /** @description An interview: .txt, .md, .vtt, .srt or .docx. Several are interviews of one study. */
                    file: string[];
                    title?: string;
                    /** @enum {string} */
                    method?: "extractive" | "model";
                };
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedAnalysis"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_status: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalysisStatusAnswer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_result: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalysisResultView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_download: {
        parameters: {
            query: {
                /** @description `json` is all of it; `markdown` is to be read; `csv` has a row for each quote, with everything that leads back to it. */
                format: "json" | "csv" | "markdown";
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json; charset=utf-8": string;
                    "text/markdown; charset=utf-8": string;
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_interview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
                interview: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TranscriptView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_compare: {
        parameters: {
            query: {
                with: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalysisComparison"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_follow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ends when the analysis has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetryAnalysis"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalysisStatusAnswer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalysisStatusAnswer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analysis_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tools_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tools_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTool"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HttpTool"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tools_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                tool: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HttpTool"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tools_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                tool: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tools_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                tool: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeTool"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HttpTool"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tools_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                tool: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestTool"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolTestResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Chatbots_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatbotPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Chatbots_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateChatbot"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chatbot"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Chatbots_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                chatbot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chatbot"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Chatbots_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                chatbot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Chatbots_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                chatbot_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeChatbot"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chatbot"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Chatbots_makeDefault: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                chatbot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chatbot"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Chatbots_versions: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                chatbot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatbotVersionPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Chatbots_restore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                chatbot_id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chatbot"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Conversations_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                /** @description Only those whose title or last message contains this, whatever the case. */
                search?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Conversations_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConversation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Conversations_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Conversations_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Conversations_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeConversation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Conversations_fork: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForkConversation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Conversations_messages: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Chat_ask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskRequest"];
            };
        };
        responses: {
            /** @description The answer, or what is asked before it can be given. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerView"];
                };
            };
            /** @description The answer takes longer. `Location` is the run to follow. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feedback_give: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveFeedback"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageFeedback"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feedback_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description Only this rating. */
                rating?: "up" | "down";
                /** @description Only feedback first given at this time or later. */
                from?: string;
                /** @description Only feedback first given before this time. */
                to?: string;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feedback_export: {
        parameters: {
            query?: {
                /**
                 * @description csv: one line each under a header. jsonl: one JSON object a line, as in the list. cases: a line
                 *     `{question, gold_sql, tables}` for each question whose right SQL is known, for evaluations.
                 */
                format?: components["schemas"]["Object"];
                /** @description Only this rating. */
                rating?: "up" | "down";
                /** @description Only feedback first given at this time or later. */
                from?: string;
                /** @description Only feedback first given before this time. */
                to?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8; header=present": string;
                    "application/jsonl; charset=utf-8": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feedback_verify: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyAnswer"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiedQuestion"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feedback_listVerified: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiedQuestionPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Feedback_deleteVerified: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                verified_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Runs_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Runs_follow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events of the socket, one for one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Runs_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Runs_respond: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RespondRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Documents_search: {
        parameters: {
            query: {
                /** @description How many documents at most. */
                k?: number;
                /** @description Words or a question. */
                q: string;
                /** @description Only of this source. */
                source?: string;
                /** @description Only documents of this kind. */
                kind?: "message" | "file" | "thread" | "issue" | "merge_request" | "wiki" | "readme";
                /** @description Only by this author, by the whole name; case and accents do not matter. */
                author?: string;
                /** @description Only what was written at this time or later. */
                from?: string;
                /** @description Only what was written before this time. */
                to?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResults"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Documents_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description Only of this source. */
                source?: string;
                /** @description Only documents of this kind. */
                kind?: "message" | "file" | "thread" | "issue" | "merge_request" | "wiki" | "readme";
                /** @description Only by this author, by the whole name; case and accents do not matter. */
                author?: string;
                /** @description Only what was written at this time or later. */
                from?: string;
                /** @description Only what was written before this time. */
                to?: string;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Documents_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Chat_regenerate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegenerateRequest"];
            };
        };
        responses: {
            /** @description The answer, or what is asked before it can be given. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerView"];
                };
            };
            /** @description The answer takes longer. `Location` is the run to follow. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_list: {
        parameters: {
            query?: {
                /** @description `deleted`: those that were deleted and can be restored, in place of the others. */
                include?: "deleted";
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourcePage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSource"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestSource"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_delete: {
        parameters: {
            query: {
                /** @description The exact name of the source. */
                confirm: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on: if somebody else has changed it meanwhile, 412. */
                "If-Match"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSource"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_restore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_testStored: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_pause: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_resume: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_sync: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestSync"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceSync"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Sources_history: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceSyncPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Webhooks_receive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReceipt"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Jobs_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                /** @description Only jobs of this kind. */
                kind?: string;
                /** @description Only jobs in this state. */
                state?: "queued" | "running" | "succeeded" | "failed" | "cancelled";
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Jobs_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Jobs_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Jobs_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Jobs_follow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ends when the job has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Prompts_list: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `next_cursor` of the previous page; absent for the first page. */
                cursor?: string;
                status?: "PENDING" | "PROCESSING" | "PROCESSED" | "FAILED";
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Prompts_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry harmless: the same key and body get the same answer, the same key with another body is 422. */
                "Idempotency-Key"?: string;
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePrompt"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedPrompt"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Prompts_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptRequest"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Prompts_result: {
        parameters: {
            query?: {
                format?: components["schemas"]["Object"];
                /** @description Leave CSV cells that a spreadsheet would take for a formula as they are. */
                raw?: boolean;
            };
            header?: {
                /** @description The workspace; absent: the caller’s default workspace. */
                "X-Workspace-Id"?: string;
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8; header=present": string;
                    "application/json; charset=utf-8": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
