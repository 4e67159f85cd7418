using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>An alert of a service.</summary>
public sealed record AlertDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name, in capitalised words.", Required = true, Example = "TooFewDocuments")]
    public string? Name { get; init; }

    /// <summary>When it is raised.</summary>
    [Key("The expression (PromQL): each series of its result is an alert. The service's own metrics have the label namespace, those of its routes (appstack_ingress_requests_total{service,status}) the label service.", Required = true, Example = "sum(rate(benefits_granted_total[5m])) == 0")]
    public string? Expression { get; init; }

    /// <summary>How long.</summary>
    [Key("How long it must hold.", Default = "1m")]
    public TimeSpan? For { get; init; }

    /// <summary>How urgent.</summary>
    [Key("How urgent it is: warning in working hours, critical now.", Default = "warning")]
    public AlertUrgency? Severity { get; init; }

    /// <summary>What is wrong.</summary>
    [Key("What is wrong, in a sentence; {{ $value }} and {{ $labels.pod }} are filled in.", Required = true)]
    public string? Summary { get; init; }

    /// <summary>What to do.</summary>
    [Key("Where it says what to do.", Default = "the service's file")]
    public string? Runbook { get; init; }
}
