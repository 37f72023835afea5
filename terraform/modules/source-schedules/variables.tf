variable "name" {
  description = "Name of the deployment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,21}$", var.name))
    error_message = "3 to 22 lower-case letters, digits and hyphens: names of connections and rules are made of it, and have 64 characters."
  }
}

variable "service_url" {
  description = "Address of the service, which EventBridge reaches over the internet, such as https://tabletalk.example.com."
  type        = string

  validation {
    condition     = can(regex("^https://[a-z0-9.-]+$", var.service_url))
    error_message = "With https:// and without a path: EventBridge calls nothing else."
  }
}

variable "schedules" {
  description = "When which sources are read, by names of your choice. `expression`: cron(…), rate(…) or at(…) of EventBridge Scheduler, in `time_zone`; `window_minutes`: it is spread over so many minutes, 0 for none; `workspace`: a name of your choice for the workspace of the source, each of which has a token of its own."
  type = map(object({
    source_id      = string
    expression     = string
    time_zone      = optional(string, "UTC")
    window_minutes = optional(number, 15)
    mode           = optional(string, "incremental")
    workspace      = optional(string, "default")
    paused         = optional(bool, false)
  }))

  validation {
    condition     = length(var.schedules) > 0
    error_message = "Leave the module out where nothing is to be read."
  }

  validation {
    condition     = alltrue([for name in keys(var.schedules) : can(regex("^[0-9A-Za-z_.-]{1,64}$", name))])
    error_message = "Names of schedules have 1 to 64 letters, digits, hyphens, underscores and dots."
  }

  validation {
    condition     = alltrue([for each in values(var.schedules) : can(regex("^src_[0-9a-z]{26}$", each.source_id))])
    error_message = "A source_id is what GET /sources tells: src_ and 26 letters and digits."
  }

  validation {
    condition = alltrue([
      for each in values(var.schedules) : anytrue([
        can(regex("^cron\\(([^ ()]+ ){5}[^ ()]+\\)$", each.expression)),
        can(regex("^rate\\([1-9][0-9]* (minutes?|hours?|days?)\\)$", each.expression)),
        can(regex("^at\\([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\)$", each.expression)),
      ])
    ])
    error_message = "An expression is cron(minute hour day month weekday year), with ? for the day or the weekday, rate(6 hours), or at(2027-01-31T04:00:00)."
  }

  validation {
    condition     = alltrue([for each in values(var.schedules) : can(regex("^[A-Za-z][A-Za-z0-9_+/-]*$", each.time_zone))])
    error_message = "A time zone is UTC or a name such as Asia/Tokyo."
  }

  validation {
    condition = alltrue([
      for each in values(var.schedules) :
      each.window_minutes >= 0 && each.window_minutes <= 1440 && floor(each.window_minutes) == each.window_minutes
    ])
    error_message = "A window has 0 to 1440 whole minutes."
  }

  validation {
    condition     = alltrue([for each in values(var.schedules) : contains(["incremental", "full"], each.mode)])
    error_message = "A mode is incremental or full."
  }

  validation {
    condition     = alltrue([for each in values(var.schedules) : can(regex("^[a-z0-9][a-z0-9-]{0,19}$", each.workspace))])
    error_message = "The name of a workspace has 1 to 20 lower-case letters, digits and hyphens here."
  }
}

variable "key_arn" {
  description = "KMS key that encrypts the tokens and what could not be delivered."
  type        = string
}
