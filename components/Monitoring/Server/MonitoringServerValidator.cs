using AppStack.Components.Nodes;

namespace AppStack.Components.Monitoring;

/// <summary>Validates monitoring nodes.</summary>
public static class MonitoringServerValidator
{
    /// <summary>Checks a server.</summary>
    /// <param name="spec">The server.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(MonitoringServerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.Address("address", spec.Address);
        problems.Access("access", spec.Access);
        problems.AddIf(spec.Interval < TimeSpan.FromSeconds(1), "interval", $"{spec.Interval} is less than a second");
        problems.AddIf(spec.Retention < TimeSpan.FromHours(1), "retention", $"{spec.Retention} is less than an hour");
        problems.AddIf(spec.Targets.IsDefaultOrEmpty, "targets", "is empty; there would be nothing to look at");
        problems.Unique("targets", "target", spec.Targets.Select(target => $"{target.Module} of {target.Address}"));
        problems.AddIf(!spec.Servers.Contains(spec.Address), "servers", $"does not have the node's own address {spec.Address}");
        problems.Unique("receivers", "name", spec.Receivers.Select(receiver => receiver.Name));
        foreach (var (receiver, i) in spec.Receivers.Select((receiver, i) => (receiver, i)))
        {
            Receiver(problems, $"receivers[{i}]", receiver, spec.Mail);
        }

        if (spec.Mail is { } mail)
        {
            problems.AddIf(Uri.CheckHostName(mail.Host) == UriHostNameType.Unknown, "mail.host", $"'{mail.Host}' is not the name or address of a host");
            problems.Port("mail.port", mail.Port);
            problems.AddIf(!IsMailAddress(mail.From), "mail.from", $"'{mail.From}' is not a mail address");
        }

        return problems.All;
    }

    private static void Receiver(NetworkProblems problems, string at, AlertReceiverSpec receiver, MailRelaySpec? mail)
    {
        problems.Name($"{at}.name", receiver.Name);
        problems.AddIf(receiver.Name == AlertmanagerRenderer.Nobody, $"{at}.name", $"'{receiver.Name}' is the receiver of what nobody is told");
        problems.AddIf(receiver.Webhook is null && receiver.Email is null, at, "has neither a web hook nor a mail address; nobody would be told");
        problems.AddIf(receiver.Severities.IsDefaultOrEmpty, $"{at}.severities", "is empty; nobody would be told");
        problems.AddIf(
            receiver.Webhook is { } uri && (!uri.IsAbsoluteUri || uri.Scheme is not ("http" or "https")),
            $"{at}.webhook",
            $"'{receiver.Webhook}' is not an absolute URL of http or https");
        problems.AddIf(receiver.Webhook is { IsAbsoluteUri: true, UserInfo.Length: > 0 }, $"{at}.webhook", "holds a password, which everybody who reads the descriptor would know");
        if (receiver.Email is { } email)
        {
            problems.AddIf(!IsMailAddress(email), $"{at}.email", $"'{email}' is not a mail address");
            problems.AddIf(mail is null, $"{at}.email", "there is no relay for mail; add mail: with its host");
        }
    }

    private static bool IsMailAddress(string text) =>
        System.Net.Mail.MailAddress.TryCreate(text, out var address) && address.Address == text && !text.Any(char.IsWhiteSpace);
}
