using System.Collections.Immutable;
using AppStack.Components.Nodes;

namespace AppStack.Components.Monitoring;

/// <summary>A node with Prometheus and Alertmanager.</summary>
public sealed record MonitoringServerSpec
{
    /// <summary>Prometheus' port: pages, console pages, queries. HTTP; its own default.</summary>
    public const int PrometheusPort = 9090;

    /// <summary>Alertmanager's port. HTTP; its own default.</summary>
    public const int AlertmanagerPort = 9093;

    /// <summary>The port over which Alertmanagers tell each other what they have sent. TCP and UDP; its own default.</summary>
    public const int GossipPort = 9094;

    /// <summary>Name of the node.</summary>
    public required string Name { get; init; }

    /// <summary>Its main address.</summary>
    public required string Address { get; init; }

    /// <summary>Name of the environment.</summary>
    public required string Environment { get; init; }

    /// <summary>How often metrics are collected.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How long metrics are kept.</summary>
    public required TimeSpan Retention { get; init; }

    /// <summary>What is looked at.</summary>
    public required ImmutableArray<ScrapeTargetSpec> Targets { get; init; }

    /// <summary>Where events of web application firewalls are collected from. Default: nowhere.</summary>
    public ImmutableArray<ScrapeTargetSpec> Events { get; init; } = [];

    /// <summary>The main addresses of all monitoring nodes of the environment, this one among them: alerts go to the Alertmanagers of all.</summary>
    public required ImmutableArray<string> Servers { get; init; }

    /// <summary>Who is told about alerts. Default: nobody; alerts are only shown.</summary>
    public ImmutableArray<AlertReceiverSpec> Receivers { get; init; } = [];

    /// <summary>The relay for mail; needed when a receiver gets mail. Default: none.</summary>
    public MailRelaySpec? Mail { get; init; }

    /// <summary>Who may log in and look at pages.</summary>
    public required AccessSpec Access { get; init; }
}
