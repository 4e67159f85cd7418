using AppStack.Components.Nodes;

namespace AppStack.Components.LoadBalancing.HAProxy;

/// <summary>Validates what HAProxy carries: services, pools and tuning.</summary>
internal static class HAProxyValidator
{
    public static void Validate(NetworkProblems problems, LoadBalancerGroupSpec spec)
    {
        Services(problems, spec);
        problems.Unique("pools", "name", spec.Pools.Select(p => p.Name));
        for (var i = 0; i < spec.Pools.Length; i++)
        {
            Pool(problems, $"pools[{i}]", spec.Pools[i]);
        }

        Options(problems, spec.HAProxy);
    }

    private static void Services(NetworkProblems problems, LoadBalancerGroupSpec spec)
    {
        problems.AddIf(spec.Services.IsDefaultOrEmpty, "services", "is empty; the VIPs would answer nothing");
        problems.Unique("services", "name", spec.Services.Select(s => s.Name));
        problems.Unique("services", "VIP and port", spec.Services.Select(s => $"{s.Vip}:{s.Port}"));
        for (var i = 0; i < spec.Services.Length; i++)
        {
            var service = spec.Services[i];
            problems.Name($"services[{i}].name", service.Name);
            problems.AddIf(service.Name is "health" or "metrics", $"services[{i}].name", $"'{service.Name}' is reserved for the load balancer itself");
            problems.Port($"services[{i}].port", service.Port);
            problems.AddIf(service.Port is 22 or 179, $"services[{i}].port", $"{service.Port} is the node's own port (SSH, BGP)");
            problems.AddIf(spec.Vips.All(v => v.Name != service.Vip), $"services[{i}].vip", $"there is no VIP '{service.Vip}'; known are {Known(spec.Vips.Select(v => v.Name))}");
            problems.AddIf(spec.Pools.All(p => p.Name != service.Pool), $"services[{i}].pool", $"there is no pool '{service.Pool}'; known are {Known(spec.Pools.Select(p => p.Name))}");
        }
    }

    private static void Pool(NetworkProblems problems, string at, BackendPoolSpec pool)
    {
        problems.Name($"{at}.name", pool.Name);
        problems.Port($"{at}.port", pool.Port);
        problems.AddIf(pool.Members.IsDefaultOrEmpty, $"{at}.members", "is empty; every connection would fail");
        problems.Unique($"{at}.members", "name", pool.Members.Select(m => m.Name));
        problems.Unique($"{at}.members", "address", pool.Members.Select(m => m.Address));
        for (var i = 0; i < pool.Members.Length; i++)
        {
            var member = pool.Members[i];
            problems.Name($"{at}.members[{i}].name", member.Name);
            problems.Address($"{at}.members[{i}].address", member.Address);
            problems.AddIf(
                member.ExpectsProxyProtocol is { } expects && expects != pool.ProxyProtocol,
                $"{at}.members[{i}].expectsProxyProtocol",
                pool.ProxyProtocol
                    ? $"'{member.Name}' does not expect the PROXY protocol that the pool sends; switch it on or off on both ends"
                    : $"'{member.Name}' expects the PROXY protocol, which the pool does not send; switch it on or off on both ends");
        }

        if (pool.Check is not { } check)
        {
            problems.Add($"{at}.check", "is missing; without a check citizens would be sent to dead servers");
            return;
        }

        problems.AddIf(check.HttpPath is not null && (!check.HttpPath.StartsWith('/') || check.HttpPath.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '\\')),
            $"{at}.check.httpPath", $"'{check.HttpPath}' is not a path, e.g. /health");
        problems.Positive($"{at}.check.interval", check.Interval);
        problems.Positive($"{at}.check.fastInterval", check.FastInterval);
        problems.Positive($"{at}.check.timeout", check.Timeout);
        problems.AddIf(check.FastInterval > check.Interval, $"{at}.check.fastInterval", "is slower than the normal interval");
        problems.AddIf(check.Fall is < 1 or > 100, $"{at}.check.fall", $"{check.Fall} is not between 1 and 100");
        problems.AddIf(check.Rise is < 1 or > 100, $"{at}.check.rise", $"{check.Rise} is not between 1 and 100");
    }

    private static void Options(NetworkProblems problems, HAProxyOptionsSpec options)
    {
        problems.AddIf(options.MaxConnections is < 100 or > 2_000_000, "haProxy.maxConnections", $"{options.MaxConnections} is not between 100 and 2000000");
        problems.AddIf(options.Threads is < 1 or > 64, "haProxy.threads", $"{options.Threads} is not between 1 and 64");
        problems.Positive("haProxy.connectTimeout", options.ConnectTimeout);
        problems.Positive("haProxy.idleTimeout", options.IdleTimeout);
        problems.Positive("haProxy.hardStopAfter", options.HardStopAfter);
        problems.AddIf(options.Retries is < 0 or > 100, "haProxy.retries", $"{options.Retries} is not between 0 and 100");
        problems.Port("haProxy.metricsPort", options.MetricsPort);
    }

    private static string Known(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'")) is { Length: > 0 } list ? list : "none";
}
