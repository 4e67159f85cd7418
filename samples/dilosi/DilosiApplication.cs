using Dilosi.Api;
using Dilosi.Declarations;
using Dilosi.Documents;
using Dilosi.Runtime;
using Dilosi.Storage;

namespace Dilosi;

/// <summary>
/// The service: citizens issue solemn declarations and get documents whose codes anybody can verify. One port serves
/// citizens, the other one the platform (health, metrics), so that nothing of the latter can be reached through the ingress.
/// </summary>
public static class DilosiApplication
{
    /// <summary>Builds the application from its settings; see <see cref="DilosiOptions"/> for them.</summary>
    /// <param name="args">Settings as <c>--Section:Name=value</c>; they come before environment variables.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is missing or wrong; thrown when it starts.</exception>
    public static WebApplication Build(string[] args)
    {
        // Without the machine's settings files, file watchers and host filtering: configuration is what the platform says, fixed for a pod's life.
        var builder = WebApplication.CreateSlimBuilder(args);
        var options = DilosiOptions.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = DilosiOptions.MaxRequestBytes;
            server.ListenAnyIP(options.Port);
            server.ListenAnyIP(options.OperationsPort);
        });
        builder.Logging.ClearProviders().AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<DatabaseAwayHandler>();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<DocumentRenderer>();
        builder.Services.AddSingleton<DeclarationIssuer>();
        builder.Services.AddDeclarationStore();
        builder.Services.AddDilosiMetrics();
        builder.Services.AddSingleton<Readiness>();

        var application = builder.Build();
        application.UseExceptionHandler();
        application.UseMiddleware<RequestLog>();
        application.MapCitizens(options);
        application.MapOperations(options);
        return application;
    }
}
