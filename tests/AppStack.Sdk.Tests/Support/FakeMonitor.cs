using System.Collections.Concurrent;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Sdk.Tests.Support;

/// <summary>An engine that keeps what it is told and answers with what the test says; by default with the inputs.</summary>
internal sealed class FakeMonitor : IResourceMonitor
{
    private readonly ConcurrentQueue<RegisterResourceRequest> _registered = new();
    private readonly ConcurrentQueue<ReadResourceRequest> _read = new();
    private readonly ConcurrentQueue<InvokeRequest> _invoked = new();
    private readonly ConcurrentQueue<LogMessage> _logged = new();
    private readonly ConcurrentDictionary<string, PropertyMap> _outputs = new(StringComparer.Ordinal);

    public IEnumerable<RegisterResourceRequest> Registered => _registered;

    public IEnumerable<ReadResourceRequest> ReadRequests => _read;

    public IEnumerable<InvokeRequest> Invoked => _invoked;

    public IEnumerable<LogMessage> Logged => _logged;

    public IEnumerable<string> Errors => _logged.Where(message => message.Severity == LogSeverity.Error).Select(message => message.Message);

    public IEnumerable<string> Warnings => _logged.Where(message => message.Severity == LogSeverity.Warning).Select(message => message.Message);

    public IReadOnlyDictionary<string, PropertyMap> Outputs => _outputs;

    /// <summary>Answers registrations of custom resources.</summary>
    public Func<RegisterResourceRequest, Task<RegisterResourceResponse>> OnRegister { get; set; } = request => Task.FromResult(Echo(request));

    public Func<ReadResourceRequest, ReadResourceResponse> OnRead { get; set; } = request => new ReadResourceResponse(UrnOf(request.Parent, request.Type, request.Name), request.Properties);

    public Func<InvokeRequest, InvokeResponse> OnInvoke { get; set; } = request => new InvokeResponse(request.Arguments, []);

    public static RegisterResourceResponse Echo(RegisterResourceRequest request) => new()
    {
        Urn = UrnOf(request.Parent, request.Type, request.Name),
        Id = request.Custom ? request.Name + "-id" : null,
        Outputs = request.Custom ? request.Inputs : PropertyMap.Empty,
    };

    public static string UrnOf(string? parent, string type, string name)
    {
        var parentType = parent?.Split("::", 4)[2];
        return $"urn:pulumi:stack::project::{(parentType is null or "pulumi:pulumi:Stack" ? type : parentType + "$" + type)}::{name}";
    }

    public RegisterResourceRequest Request(string name) => _registered.Single(request => request.Name == name);

    public async Task<RegisterResourceResponse> RegisterResourceAsync(RegisterResourceRequest request, CancellationToken cancellationToken)
    {
        _registered.Enqueue(request);
        return request.Custom ? await OnRegister(request) : Echo(request);
    }

    public Task RegisterResourceOutputsAsync(string urn, PropertyMap outputs, CancellationToken cancellationToken)
    {
        _outputs[urn] = outputs;
        return Task.CompletedTask;
    }

    public Task<ReadResourceResponse> ReadResourceAsync(ReadResourceRequest request, CancellationToken cancellationToken)
    {
        _read.Enqueue(request);
        return Task.FromResult(OnRead(request));
    }

    public Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken)
    {
        _invoked.Enqueue(request);
        return Task.FromResult(OnInvoke(request));
    }

    public void Log(LogMessage message) => _logged.Enqueue(message);
}
